// SPDX-License-Identifier: Apache-2.0
#include "desk/channels.h"

#include "desk/answer_table.h"
#include "desk/channels_view.h"
#include "desk/envelope.h"
#include "report/hostile.h"

namespace backcast {
namespace {

std::string Joined(const std::vector<std::string>& words, std::string_view with) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : std::string(with)) + word;
  return all;
}

/// "medium: cpc, ppc; source: @social".
std::string WhenInWords(const ChannelRule& rule) {
  std::string all;
  for (std::size_t i = 0; i < rule.when.size(); ++i) {
    if (rule.when[i].empty()) continue;
    all += (all.empty() ? "" : "; ") + std::string(kOriginNames[i]) + ": " + Joined(rule.when[i], ", ");
  }
  if (rule.visit) all += std::string("; visit: ") + (*rule.visit ? "yes" : "no");
  return all;
}

std::string From(const ChannelRule& rule) { return At(rule.file, {rule.place.line, rule.place.column}); }

Json RuleJson(const ChannelRule& rule) {
  Json when = Json::object();
  for (std::size_t i = 0; i < rule.when.size(); ++i) {
    if (!rule.when[i].empty()) when[std::string(kOriginNames[i])] = rule.when[i];
  }
  if (rule.visit) when["visit"] = *rule.visit;
  return {{"id", rule.id},
          {"rule", rule.Name()},
          {"channel_group", rule.channel_group},
          {"channel", rule.channel.empty() ? Json() : Json(rule.channel)},
          {"when", std::move(when)},
          {"own", rule.own},
          {"file", rule.file},
          {"line", rule.place.line},
          {"version", rule.version}};
}

std::string Written(const AnswerTable& table, Format format) {
  if (format == Format::kCsv) return table.ToCsv();
  return format == Format::kMarkdown ? table.ToMarkdown() : table.ToText();
}

}  // namespace

Result<Answer> ListChannels(const Workspace& workspace, Format format) {
  BACKCAST_TRY(const ChannelRules rules, ReadChannelRules(workspace));
  if (format == Format::kJson) {
    Json list = Json::array();
    for (const ChannelRule& rule : rules.rules()) list.push_back(RuleJson(rule));
    return Answer{Dump(Envelope("channels", workspace.name(),
                                {{"rules", std::move(list)}, {"taken_away", rules.taken_away()}})),
                  false};
  }
  AnswerTable table{{"#", "rule", "group", "when", "from"}, {true}, {}};
  for (const ChannelRule& rule : rules.rules()) {
    table.rows.push_back({std::to_string(table.rows.size() + 1), rule.Name(), rule.channel_group,
                          WhenInWords(rule), From(rule)});
  }
  std::string out = Written(table, format);
  if (format == Format::kText) {
    out +=
        "\n" +
        Wrapped(
            "The first rule that fits decides. Rules of channels.yaml beside plan.yaml come before these or "
            "take their place (docs/journey.md).");
    if (!rules.taken_away().empty())
      out += Wrapped("Taken away by channels.yaml: " + Joined(rules.taken_away(), ", ") + ".");
  }
  return Answer{out, false};
}

Result<Answer> TestChannel(const Workspace& workspace, const Arrival& arrival, Format format) {
  BACKCAST_TRY(const ChannelRules rules, ReadChannelRules(workspace));
  const auto verdict = rules.Classify(arrival);
  const std::vector<const ChannelRule*> fitting = rules.Fitting(arrival);
  if (format == Format::kJson) {
    Json others = Json::array();
    for (std::size_t i = 1; i < fitting.size(); ++i) others.push_back(RuleJson(*fitting[i]));
    Json data = {{"channel_group", nullptr},
                 {"channel", nullptr},
                 {"rule", nullptr},
                 {"because", Json::array()},
                 {"would_also_fit", std::move(others)}};
    if (verdict) {
      data["channel_group"] = verdict->channel_group;
      data["channel"] = verdict->channel;
      data["rule"] = RuleJson(*verdict->rule);
      data["because"] = rules.Because(*verdict->rule, arrival);
    }
    return Answer{Dump(Envelope("channels-test", workspace.name(), std::move(data))), false};
  }
  if (!verdict)
    return Answer{
        "no rule fits: the channel stays unknown\n" +
            Wrapped("Add one to channels.yaml, for example: rules: [{id: mine, when: {source: [word]}, "
                    "group: referral}] (docs/journey.md)."),
        false};
  std::string out = verdict->channel_group + ", channel " + Visible(verdict->channel) + "\n";
  out += "  decided by " + Visible(verdict->rule->Name()) + " (" + From(*verdict->rule) + ")\n";
  for (const std::string& part : rules.Because(*verdict->rule, arrival))
    out += "  because " + Visible(part) + "\n";
  for (std::size_t i = 1; i < fitting.size() && i < 4; ++i)
    out += "  next would be " + Visible(fitting[i]->Name()) + ": " + fitting[i]->channel_group + "\n";
  return Answer{out, false};
}

}  // namespace backcast
