// SPDX-License-Identifier: Apache-2.0
#include "desk/record_result.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/yaml.h"
#include "plan/blocks.h"

namespace backcast {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

std::string Rounded(double value) {
  std::string text = std::to_string(std::round(value * 1e4) / 1e4);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text += '0';
  return text;
}

Values ValuesOf(const ExperimentResult& result) {
  return {{"effect", Rounded(result.effect)},
          {"low", Rounded(result.low)},
          {"high", Rounded(result.high)},
          {"n", std::to_string(result.n)}};
}

/// Where a place of the file lies in its bytes. Columns count characters.
std::size_t Offset(const std::string& text, const Place& place) {
  std::size_t at = 0;
  for (int line = 1; line < place.line && at != std::string::npos; ++line) at = text.find('\n', at) + 1;
  for (int column = 1; column < place.column; ++column) {
    do ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
  }
  return std::min(at, text.size());
}

const Yaml* FindExperiment(const Yaml& root, const std::string& id) {
  for (const Yaml* item : Blocks(root, "experiments"))
    if (item->Text("id") == id) return item;
  return nullptr;
}

/// The same tree without the four values of this experiment, as text that two trees can be compared by.
std::string Skeleton(const Yaml& node, const Yaml* experiment) {
  std::string text = std::to_string(static_cast<int>(node.kind)) + (node.quoted ? "q" : "") + "<" + node.text;
  for (const Yaml& item : node.items) text += "," + Skeleton(item, experiment);
  for (const Yaml::Entry& entry : node.entries) {
    const bool ours = &node == experiment && (entry.key == "effect" || entry.key == "low" ||
                                              entry.key == "high" || entry.key == "n");
    if (!ours) text += ";" + entry.key + "=" + Skeleton(entry.value, experiment);
  }
  return text + ">";
}

}  // namespace

std::string ResultLines(const ExperimentResult& result, std::string_view indent) {
  std::string lines;
  for (const auto& [key, value] : ValuesOf(result)) lines += std::string(indent) + key + ": " + value + "\n";
  return lines;
}

Result<std::string> WithResult(const std::string& plan, const std::string& file,
                               const std::string& experiment, const ExperimentResult& result) {
  BACKCAST_TRY(const Yaml root, ParseYaml(plan, file));
  const Yaml* item = FindExperiment(root, experiment);
  if (item == nullptr || item->entries.empty())
    return Error{Code::kInput, file, "there is no experiment '" + experiment + "' in the plan", ""};
  struct Edit {
    std::size_t at, length;
    std::string text;
  };
  std::vector<Edit> edits;
  const Yaml::Entry& first = item->entries.front();
  const std::size_t begin = Offset(plan, first.place);
  const std::size_t line = plan.rfind('\n', begin) == std::string::npos ? 0 : plan.rfind('\n', begin) + 1;
  // Inside braces a new line says nothing, so entries stand side by side there.
  const bool flow = plan.substr(line, begin - line).find('{') != std::string::npos;
  std::string added;
  for (const auto& [key, value] : ValuesOf(result)) {
    const Yaml* there = item->Find(key);
    if (there != nullptr && there->IsScalar() && !there->quoted) {
      edits.push_back({Offset(plan, there->place), there->text.size(), value});
    } else if (there == nullptr) {
      added += key + ": " + value + (flow ? ", " : "\n" + std::string(begin - line, ' '));
    }
  }
  if (!added.empty()) edits.push_back({begin, 0, added});
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.at > b.at; });
  std::string text = plan;
  for (const Edit& edit : edits) text.replace(edit.at, edit.length, edit.text);

  const Error unsure{Code::kInput, At(file, item->place),
                     "the result cannot be written here without touching something else",
                     "add these lines by hand: " + ResultLines(result, " ")};
  const auto after = ParseYaml(text, file);
  if (!after.ok()) return unsure;
  const Yaml* written = FindExperiment(after.value(), experiment);
  if (written == nullptr || Skeleton(root, item) != Skeleton(after.value(), written)) return unsure;
  for (const auto& [key, value] : ValuesOf(result))
    if (written->Text(key) != value) return unsure;
  return text;
}

}  // namespace backcast
