// SPDX-License-Identifier: Apache-2.0
#include "compile/segments.h"

#include <set>

namespace backcast {
namespace {

std::string DayLiteral(Day day) { return "date '" + ToIso(day) + "'"; }

}  // namespace

Segments CutWindows(const std::vector<Window>& asked, const Window& series) {
  std::vector<Window> windows = asked;
  windows.push_back(series);
  std::set<Day> cuts;
  for (const Window& window : windows) {
    if (window.days() <= 0) continue;
    cuts.insert(window.from);
    cuts.insert(window.to);
  }
  Segments segments;
  segments.windows.resize(windows.size());
  for (auto from = cuts.begin(); from != cuts.end() && std::next(from) != cuts.end(); ++from) {
    const Window stretch{*from, *std::next(from)};
    bool used = false;
    for (std::size_t i = 0; i < windows.size(); ++i) {
      if (windows[i].days() <= 0 || stretch.from < windows[i].from || stretch.to > windows[i].to) continue;
      segments.windows[i].push_back(static_cast<int>(segments.stretches.size()));
      used = true;
    }
    if (used) segments.stretches.push_back(stretch);
  }
  segments.series = std::move(segments.windows.back());
  segments.windows.pop_back();
  return segments;
}

std::string InStretches(const Segments& segments, std::string_view day) {
  std::vector<Window> merged;
  for (const Window& stretch : segments.stretches) {
    if (!merged.empty() && merged.back().to == stretch.from) {
      merged.back().to = stretch.to;
    } else {
      merged.push_back(stretch);
    }
  }
  if (merged.empty()) return "false";
  std::string text;
  for (const Window& window : merged) {
    const std::string one = std::string(day) + " >= " + DayLiteral(window.from) + " and " + std::string(day) +
                            " < " + DayLiteral(window.to);
    text += (text.empty() ? "" : " or ") + (merged.size() > 1 ? "(" + one + ")" : one);
  }
  return merged.size() > 1 ? "(" + text + ")" : text;
}

std::string StretchOf(const Segments& segments, std::string_view day) {
  if (segments.stretches.size() < 2) return "0";
  std::string text = "case";
  for (std::size_t i = 0; i + 1 < segments.stretches.size(); ++i) {
    text += " when " + std::string(day) + " < " + DayLiteral(segments.stretches[i].to) + " then " +
            std::to_string(i);
  }
  return text + " else " + std::to_string(segments.stretches.size() - 1) + " end";
}

}  // namespace backcast
