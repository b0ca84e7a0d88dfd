// SPDX-License-Identifier: Apache-2.0
#include "desk/attribute_columns.h"

#include "attribution/channel_codes.h"
#include "base/embedded.h"
#include "base/yaml.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

const Yaml& Words() {
  static const Yaml words = [] {
    auto parsed = ParseYaml(Embedded("attribution/columns.yaml").value_or(""), "attribution/columns.yaml");
    return parsed.ok() ? std::move(parsed).value() : Yaml{};
  }();
  return words;
}

std::string Compared(const std::string& name) {
  std::string folded = FoldedName(name);
  for (char& c : folded) c = c == ' ' || c == '.' || c == '-' ? '_' : c;
  return folded;
}

/// Places by our word; the earlier word of a list wins over the later one, a column is taken once.
std::map<std::string, std::size_t> Match(const std::vector<std::string>& header, const char* table) {
  std::map<std::string, std::size_t> place;
  const Yaml* words = Words().Find(table);
  if (words == nullptr) return place;
  std::vector<bool> taken(header.size());
  for (const Yaml::Entry& entry : words->entries) {
    for (const std::string& word : entry.value.Texts()) {
      for (std::size_t at = 0; at < header.size() && !place.contains(entry.key); ++at) {
        if (taken[at] || Compared(header[at]) != Compared(word)) continue;
        place[entry.key] = at;
        taken[at] = true;
      }
    }
  }
  return place;
}

std::string Listed(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t at = 0; at < names.size() && at < 12; ++at)
    list += (at > 0 ? ", " : "") + Shortened(names[at]);
  return list + (names.size() > 12 ? ", …" : "");
}

}  // namespace

std::size_t JourneyColumns::Of(const std::string& word) const {
  const auto found = place.find(word);
  return found == place.end() ? npos : found->second;
}

Result<JourneyColumns> FindJourneyColumns(const std::vector<std::string>& header, const std::string& where) {
  JourneyColumns columns{true, Match(header, "paths")};
  if (columns.place.contains("path")) {
    if (columns.place.contains("converting")) return columns;
    return Error{Code::kInput, where, "there is no column of conversions beside the paths",
                 "name it total_conversions; the file has " + Listed(header)};
  }
  columns = {false, Match(header, "touches")};
  std::string missing;
  for (const char* word : {"person", "time", "channel"}) {
    if (!columns.place.contains(word)) missing += (missing.empty() ? "" : ", ") + std::string(word);
  }
  if (missing.empty() && !columns.place.contains("converted") && !columns.place.contains("value"))
    missing = "converted";
  if (missing.empty()) return columns;
  return Error{Code::kInput, where, "this is neither a table of paths nor of touches: no column " + missing,
               "paths need path, total_conversions, total_conversion_value, total_null; touches need person, "
               "time, channel, converted, value; the file has " +
                   Listed(header)};
}

const std::vector<std::string>& PathArrows() {
  static const std::vector<std::string> arrows = Words().Texts("arrows");
  return arrows;
}

const std::vector<std::string>& DirectWords() {
  static const std::vector<std::string> words = Words().Texts("direct");
  return words;
}

}  // namespace backcast
