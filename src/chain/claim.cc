// SPDX-License-Identifier: Apache-2.0
#include "chain/claim.h"

#include <algorithm>
#include <cmath>

#include "base/embedded.h"
#include "base/number.h"
#include "base/yaml.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

constexpr std::size_t kWholeSentence = 200;

const std::string* FindWording(const std::string& key) {
  for (const auto& [name, text] : Wordings()) {
    if (name == key) return &text;
  }
  return nullptr;
}

std::string InWords(const Quantity& quantity) {
  if (quantity.unit == "relative") return FormatNumber(std::abs(quantity.value), "ratio", true);
  return FormatNumber(quantity.value, quantity.unit, !quantity.exact);
}

std::string RangeInWords(const Quantity& quantity) {
  const std::string unit = quantity.unit == "relative" ? "ratio" : quantity.unit;
  return FormatNumber(*quantity.low, unit, true) + " to " + FormatNumber(*quantity.high, unit, true);
}

/// What stands for one place of the wording; nothing leaves the sentence unsaid.
std::optional<std::string> FillOf(std::string_view place, const std::vector<Quantity>& quantities,
                                  const ClaimWords& words) {
  const bool range = place.ends_with(".range"), count = place.ends_with(".n");
  const std::string_view name = range   ? place.substr(0, place.size() - 6)
                                : count ? place.substr(0, place.size() - 2)
                                        : place;
  for (const Quantity& quantity : quantities) {
    if (quantity.name != name || !std::isfinite(quantity.value)) continue;
    if (range) return quantity.low && quantity.high ? std::optional(RangeInWords(quantity)) : std::nullopt;
    if (count)
      return quantity.n ? std::optional(FormatNumber(static_cast<double>(*quantity.n), "count", false))
                        : std::nullopt;
    return InWords(quantity);
  }
  const bool whole = place.ends_with(".whole");
  const std::string_view word_name = whole ? place.substr(0, place.size() - 6) : place;
  for (const auto& [key, word] : words) {
    if (key != word_name || word.empty()) continue;
    if (!whole) return Shortened(word);
    const std::string_view all(word);
    return Shortened(all.ends_with('.') ? all.substr(0, all.size() - 1) : all, kWholeSentence);
  }
  return std::nullopt;
}

std::optional<std::string> Filled(const std::string& wording, const std::vector<Quantity>& quantities,
                                  const ClaimWords& words) {
  std::string text;
  for (std::size_t at = 0; at < wording.size();) {
    const std::size_t open = std::min(wording.find('{', at), wording.size());
    text += wording.substr(at, open - at);
    if (open == wording.size()) break;
    const std::size_t close = wording.find('}', open);
    if (close == std::string::npos) return std::nullopt;
    const auto fill = FillOf(std::string_view(wording).substr(open + 1, close - open - 1), quantities, words);
    if (!fill) return std::nullopt;
    text += *fill;
    at = close + 1;
  }
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

const std::vector<std::pair<std::string, std::string>>& Wordings() {
  static const std::vector<std::pair<std::string, std::string>> wordings = [] {
    std::vector<std::pair<std::string, std::string>> all;
    const auto yaml =
        ParseYaml(Embedded("sentences/claims.yaml").value_or(""), "catalogue/sentences/claims.yaml");
    if (yaml.ok()) {
      for (const Yaml::Entry& entry : yaml.value().entries) all.emplace_back(entry.key, entry.value.text);
    }
    return all;
  }();
  return wordings;
}

std::optional<Claim> Claim::Make(std::string_view key, std::vector<Quantity> quantities, ClaimWords words) {
  if (quantities.empty()) return std::nullopt;
  std::string name(key);
  const std::string* wording = FindWording(name);
  if (wording == nullptr) {
    name += quantities[0].value < 0 ? ".down" : ".up";
    wording = FindWording(name);
  }
  if (wording == nullptr) return std::nullopt;
  auto text = Filled(*wording, quantities, words);
  if (!text) return std::nullopt;
  return Claim(std::move(name), std::move(*text), std::move(quantities));
}

void Say(std::vector<Claim>& claims, std::string_view key, std::vector<Quantity> quantities,
         ClaimWords words) {
  if (auto claim = Claim::Make(key, std::move(quantities), std::move(words)))
    claims.push_back(std::move(*claim));
}

}  // namespace backcast
