// SPDX-License-Identifier: Apache-2.0
#include "journey/channel_names.h"

#include <algorithm>

#include "journey/arrival.h"

namespace backcast {
namespace {

/// "google.co.uk" -> "google.*"; "google.de" -> "google.*"; empty for a host of one label.
std::string AnyCountry(std::string_view host) {
  const std::size_t last = host.rfind('.');
  if (last == std::string_view::npos) return "";
  std::string_view rest = host.substr(0, last);
  const std::size_t second = rest.rfind('.');
  const std::string_view before = second == std::string_view::npos ? "" : rest.substr(second + 1);
  if (before == "co" || before == "com") rest = rest.substr(0, second);
  return std::string(rest) + ".*";
}

}  // namespace

Result<Done> ChannelNames::Add(const Yaml& names, std::string_view file) {
  if (!names.IsMap()) {
    return Error{Code::kInput, At(file, names.place), "names are a map",
                 "for example linkedin: {kind: social, also: [lnkd.in]}"};
  }
  for (const Yaml::Entry& entry : names.entries) {
    ChannelName& name = names_[entry.key];
    name.id = entry.key;
    name.kind = entry.value.Text("kind", name.kind);
    name.of = entry.value.Text("of", name.of);
    if (name.kind.empty()) {
      return Error{Code::kInput, At(file, entry.place), "the name '" + entry.key + "' has no kind",
                   "for example kind: social"};
    }
    spellings_[FoldWord(entry.key)] = entry.key;
    for (const std::string& spelling : entry.value.Texts("also")) spellings_[FoldWord(spelling)] = entry.key;
  }
  return Done{};
}

const ChannelName* ChannelNames::Find(std::string_view text) const {
  if (text.empty()) return nullptr;
  auto found = spellings_.find(FoldWord(text));
  if (found == spellings_.end()) {
    const std::string host = HostOf(text);
    for (std::string_view rest = host; !rest.empty() && found == spellings_.end();) {
      const std::size_t dot = rest.find('.');
      if (dot == std::string_view::npos && rest.size() != host.size())
        break;  // a bare last label names nobody
      found = spellings_.find(FoldWord(rest));
      if (found == spellings_.end()) found = spellings_.find(FoldWord(AnyCountry(rest)));
      rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
    }
  }
  return found == spellings_.end() ? nullptr : ById(found->second);
}

const ChannelName* ChannelNames::ById(std::string_view id) const {
  const auto found = names_.find(id);
  return found == names_.end() ? nullptr : &found->second;
}

bool ChannelNames::HasKind(std::string_view kind) const {
  return std::any_of(names_.begin(), names_.end(),
                     [&](const auto& name) { return name.second.kind == kind; });
}

}  // namespace backcast
