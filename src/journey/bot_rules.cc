// SPDX-License-Identifier: Apache-2.0
#include "journey/bot_rules.h"

#include <cctype>

#include "base/embedded.h"
#include "base/yaml.h"

namespace backcast {
namespace {

constexpr std::string_view kShipped = "bots/rules.yaml";

}  // namespace

Result<BotRules> ShippedBotRules() {
  const auto text = Embedded(kShipped);
  if (!text) return Error{Code::kInternal, std::string(kShipped), "the rules are not in the program", ""};
  BACKCAST_TRY(const Yaml root, ParseYaml(*text, kShipped));
  BotRules rules;
  rules.version = static_cast<int>(root.Number("version", 1));
  for (const Yaml& node : root.Items("sessions")) {
    VisitRule rule{.id = node.Text("id"),
                   .title = node.Text("title"),
                   .when = node.Text("when"),
                   .user_agent = node.Texts("user_agent"),
                   .visits_a_day = static_cast<int>(node.Number("sessions_per_day", 0))};
    if (const Yaml* intervals = node.Find("click_intervals")) {
      rule.clicks = static_cast<int>(intervals->Number("least", 20));
      rule.variation = intervals->Number("variation", 0.05);
    }
    rules.visits.push_back(std::move(rule));
  }
  const Yaml* followers = root.Find("followers");
  if (followers == nullptr) return rules;
  rules.bias = followers->Number("bias", 0);
  rules.least_sample = static_cast<int>(followers->Number("least", 400));
  rules.least_labels = static_cast<int>(followers->Number("labels", 200));
  rules.followers_not_checked = followers->Texts("not_checked");
  for (const Yaml& node : followers->Items("rules"))
    rules.followers.push_back(
        {node.Text("id"), node.Text("title"), node.Text("when"), node.Number("points", 0)});
  return rules;
}

std::string WordsPattern(const std::vector<std::string>& words) {
  std::string pattern;
  for (const std::string& word : words) {
    if (!pattern.empty()) pattern += '|';
    for (const char c : word) {
      const auto sign = static_cast<unsigned char>(c);
      if (std::isalnum(sign) == 0 && sign < 0x80 && c != ' ') pattern += '\\';
      pattern += static_cast<char>(std::tolower(sign));
    }
  }
  return pattern;
}

}  // namespace backcast
