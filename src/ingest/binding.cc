// SPDX-License-Identifier: Apache-2.0
#include "ingest/binding.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <memory>

namespace backcast {
namespace {

/// "a/b/c/d.csv" -> "c/d.csv".
std::string_view Tail(std::string_view path) {
  const std::size_t last = path.rfind('/');
  if (last == std::string_view::npos || last == 0) return path;
  const std::size_t before = path.rfind('/', last - 1);
  return before == std::string_view::npos ? path : path.substr(before + 1);
}

/// Every table of a file is held against the patterns of every layout; making one takes far longer than using
/// it.
const RE2& Compiled(const std::string& pattern) {
  thread_local std::map<std::string, std::unique_ptr<const RE2>, std::less<>> made;
  if (made.size() > 1000) made.clear();  // layouts that come and go
  auto& compiled = made[pattern];
  if (compiled == nullptr) compiled = std::make_unique<const RE2>(pattern, RE2::Quiet);
  return *compiled;
}

/// Adds the named groups of `pattern` to `known` when it matches somewhere in `text`.
bool Capture(const std::string& pattern, std::string_view text, Binding& binding) {
  const RE2& compiled = Compiled(pattern);
  const int groups = compiled.NumberOfCapturingGroups();
  if (!compiled.ok() || groups < 0) return false;
  std::vector<re2::StringPiece> parts(static_cast<std::size_t>(groups) + 1);
  if (!compiled.Match(text, 0, text.size(), RE2::UNANCHORED, parts.data(), groups + 1)) return false;
  for (const auto& [name, group] : compiled.NamedCapturingGroups()) {
    const re2::StringPiece part = parts[static_cast<std::size_t>(group)];
    const std::string_view word = Trim(std::string_view(part.data(), part.size()));
    if (!word.empty()) binding.known.emplace("$" + name, word);
  }
  return true;
}

/// Whether a header is one of a list; "billing *" is a beginning.
bool IsAmong(const std::vector<std::string>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& each) {
    return each.ends_with('*') ? name.starts_with(std::string_view(each).substr(0, each.size() - 1))
                               : name == each;
  });
}

void BindColumns(const Mapping& mapping, const std::vector<HeaderName>& header, Binding& binding) {
  std::vector<char> taken(header.size(), 0);
  for (std::size_t f = 0; f < mapping.fields.size(); ++f) {
    const Field& field = mapping.fields[f];
    for (const std::string& name : field.names) {
      int seen = 0;
      for (std::size_t c = 0; c < header.size() && binding.columns[f] < 0; ++c) {
        if (header[c].name != name || ++seen != field.occurrence) continue;
        binding.columns[f] = static_cast<int>(c);
        binding.currencies[f] = header[c].currency;
        taken[c] = 1;
      }
      if (binding.columns[f] >= 0) break;
    }
  }
  for (std::size_t c = 0; c < header.size(); ++c) {
    if (header[c].name.empty()) continue;
    ++binding.named;
    if (taken[c] || IsAmong(mapping.ignored, header[c].name)) ++binding.read;
  }
}

}  // namespace

Binding Bind(const Mapping& mapping, const Head& head, std::string_view path) {
  Binding binding;
  binding.columns.assign(mapping.fields.size(), -1);
  binding.currencies.assign(mapping.fields.size(), "");
  std::vector<HeaderName> header;
  for (const std::string& cell : head.header) header.push_back(ReadHeaderName(cell));
  BindColumns(mapping, header, binding);
  for (std::size_t c = 0; c < header.size(); ++c) {
    const auto is_column = [&](int column) { return column == static_cast<int>(c); };
    const bool read = std::any_of(binding.columns.begin(), binding.columns.end(), is_column);
    if (!header[c].name.empty() && !read && !IsAmong(mapping.ignored, header[c].name))
      binding.unknown.push_back(head.header[c]);
  }
  for (const std::vector<int>& choice : mapping.required) {
    const auto there = [&](int field) { return binding.columns[static_cast<std::size_t>(field)] >= 0; };
    if (std::any_of(choice.begin(), choice.end(), there)) continue;
    std::string names;
    for (const int field : choice)
      names += (names.empty() ? "" : " or ") + mapping.fields[static_cast<std::size_t>(field)].names.front();
    binding.missing.push_back(names);
  }
  for (const int field : mapping.telling)
    binding.telling |= binding.columns[static_cast<std::size_t>(field)] >= 0;
  for (const HeaderName& cell : header) binding.foreign |= IsAmong(mapping.foreign, cell.name);
  const std::string full = head.member.empty() ? std::string(path) : std::string(path) + "/" + head.member;
  for (const std::string& pattern : mapping.file_names)
    binding.by_name |= Capture(pattern, Tail(full), binding);
  for (const std::vector<std::string>& line : head.preamble) {
    std::string joined;
    for (const std::string& cell : line) {
      if (!cell.empty()) joined += (joined.empty() ? "" : ", ") + cell;
    }
    for (const std::string& pattern : mapping.preamble)
      binding.by_preamble |= Capture(pattern, joined, binding);
  }
  return binding;
}

}  // namespace backcast
