// SPDX-License-Identifier: Apache-2.0
#include "desk/notes.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "desk/workspace.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDay = 10, kParagraphs = 3, kBytes = 400, kLargest = 64 << 10;

std::string_view Trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r");
  if (from == std::string_view::npos) return "";
  return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

std::vector<std::string_view> LinesOf(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(Trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// "node: k_visit" -> "k_visit", quotes left out.
std::optional<std::string> NodeOf(std::string_view line) {
  if (!line.starts_with("node:")) return std::nullopt;
  std::string_view id = Trimmed(line.substr(5));
  if (id.size() >= 2 && id.front() == id.back() && (id.front() == '"' || id.front() == '\''))
    id = id.substr(1, id.size() - 2);
  return std::string(id);
}

/// Reads the head of a note and gives the number of its lines.
std::size_t ReadHead(const std::vector<std::string_view>& lines, Note& note) {
  if (lines.empty()) return 0;
  if (lines[0] != "---") {
    const auto node = NodeOf(lines[0]);
    if (node) note.node = *node;
    return node ? 1 : 0;
  }
  const auto end = std::find(lines.begin() + 1, lines.end(), "---");
  if (end == lines.end()) return 0;  // a rule, no front matter
  for (auto line = lines.begin() + 1; line != end; ++line) {
    if (const auto node = NodeOf(*line)) note.node = *node;
  }
  return static_cast<std::size_t>(end - lines.begin()) + 1;
}

/// The paragraphs from line `at` on, as many as a note beside a number may have.
std::string TextFrom(const std::vector<std::string_view>& lines, std::size_t at) {
  std::vector<std::string> paragraphs(1);
  for (; at < lines.size(); ++at) {
    std::string& last = paragraphs.back();
    if (lines[at].empty()) {
      if (!last.empty()) paragraphs.emplace_back();
    } else {
      last += (last.empty() ? "" : " ") + std::string(lines[at]);
    }
  }
  if (paragraphs.back().empty()) paragraphs.pop_back();
  std::string text;
  std::size_t told = 0, left = kBytes;
  for (; told < std::min(kParagraphs, paragraphs.size()) && left > 0; ++told) {
    text += (told > 0 ? "\n" : "") + Shortened(paragraphs[told], left);
    left -= std::min(left, paragraphs[told].size());
  }
  if (told < paragraphs.size() && !text.ends_with("…")) text += " …";
  return text;
}

std::string TitleFromName(std::string_view name) {
  name.remove_suffix(3);
  std::string title(name.substr(std::min(kDay + 1, name.size())));
  std::replace(title.begin(), title.end(), '-', ' ');
  return Shortened(title);
}

}  // namespace

std::optional<Note> ParseNote(std::string_view file_name, std::string_view text) {
  if (!file_name.ends_with(".md") || file_name.size() < kDay + 3) return std::nullopt;
  const auto day = ParseIsoDay(file_name.substr(0, kDay));
  if (!day.ok()) return std::nullopt;
  Note note;
  note.day = day.value();
  const std::vector<std::string_view> lines = LinesOf(text);
  std::size_t at = ReadHead(lines, note);
  while (at < lines.size() && lines[at].empty()) ++at;
  if (at < lines.size() && lines[at].starts_with("#")) {
    const std::string_view heading = lines[at++];
    note.title = Shortened(Trimmed(heading.substr(std::min(heading.find_first_not_of('#'), heading.size()))));
  }
  if (note.title.empty()) note.title = TitleFromName(file_name);
  note.node = Shortened(note.node);
  note.text = TextFrom(lines, at);
  return note;
}

Result<NotesRead> ReadNotes(const std::string& folder, const Window& period, const Window& before,
                            const std::optional<Day>& until) {
  NotesRead read;
  std::error_code fault;
  if (!fs::is_directory(folder, fault)) return read;
  std::vector<std::string> names;
  for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) {
    const std::string name = entry->path().filename().string();
    std::error_code ignored;
    if (name.ends_with(".md") && entry->symlink_status(ignored).type() == fs::file_type::regular)
      names.push_back(name);
  }
  if (fault)
    return Error{Code::kUnavailable, folder, "the folder cannot be listed (" + fault.message() + ")", ""};
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    const std::optional<Note> named = ParseNote(name, "");
    if (!named) {
      read.unread.push_back("notes/" + Shortened(name) +
                            " is left out: its name must begin with a day, as in 2026-08-17-" +
                            "checkout.md");
      continue;
    }
    const bool shown = period.Contains(named->day) || before.Contains(named->day);
    if (!shown || (until && named->day > *until)) continue;
    const Result<std::string> text = ReadTextFile(folder + "/" + name, kLargest);
    if (!text.ok()) {
      read.unread.push_back("notes/" + Shortened(name) + " is left out: " + ToSentence(text.error()));
      continue;
    }
    read.notes.push_back(*ParseNote(name, text.value()));
  }
  std::stable_sort(read.notes.begin(), read.notes.end(),
                   [](const Note& a, const Note& b) { return a.day > b.day; });
  return read;
}

}  // namespace backcast
