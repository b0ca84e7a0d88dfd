// SPDX-License-Identifier: Apache-2.0
// The answer of attribute as text, Markdown, CSV and JSON: what is not covered first, then the headline, then
// all models side by side.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "desk/attribute_asked.h"
#include "desk/chain_json.h"
#include "desk/envelope.h"
#include "report/hostile.h"
#include "report/width.h"

namespace backcast {
namespace {

constexpr std::size_t kMostShown = 30;  // channels on a page for people
constexpr auto kMerged = "other (merged)";

std::string Count(double count) { return FormatNumber(count, "count", false); }
std::string Part(double share) { return FormatNumber(share, "ratio", true); }
std::string Tenths(double count) { return FormatNumber(std::round(count * 10) / 10, "count", false); }

/// Names, words and sums that all formats share.
class Words {
 public:
  Words(const AskedJourneys& asked, const Credits& credits) : asked_(asked), credits_(credits) {
    headline_ = credits.Find(kHeadlineModel);
    if (headline_ == nullptr || headline_->channels.empty()) {
      for (const ModelCredit& model : credits.models) {
        if (!model.channels.empty() && (headline_ == nullptr || headline_->channels.empty()))
          headline_ = &model;
      }
    }
  }
  std::string Name(int channel) const {
    return channel == Players::kMerged ? kMerged : asked_.channels[static_cast<std::size_t>(channel)];
  }
  const ModelCredit* headline() const {
    return headline_ != nullptr && !headline_->channels.empty() ? headline_ : nullptr;
  }
  std::string unit() const { return asked_.currency.empty() ? "score" : asked_.currency; }

  /// Channels by the headline's credit, greatest first.
  std::vector<const ChannelCredit*> Ranked() const {
    std::vector<const ChannelCredit*> ranked;
    for (const ChannelCredit& channel : headline()->channels) ranked.push_back(&channel);
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const ChannelCredit* a, const ChannelCredit* b) { return a->credit > b->credit; });
    return ranked;
  }

  std::vector<std::string> Coverage() const {
    std::vector<std::string> lines;
    const double credited = credits_.totals.conversions;
    lines.push_back(Count(credited) + " of " + Count(asked_.conversions) + " " + asked_.subject +
                    " have a path" +
                    (asked_.conversions > 0 ? " (" + Part(credited / asked_.conversions) + ")" : "") +
                    "; only these are credited. " + Count(credits_.totals.journeys) + " journeys" +
                    (asked_.from_touches ? " of " + Count(credits_.persons) + " persons."
                                         : "; the file does not say which of them one person made."));
    for (const CoverageCause& cause : asked_.causes) {
      lines.push_back("  " + Count(cause.conversions) + (cause.credited ? " of these: " : " without: ") +
                      cause.says + ". " + cause.fix);
    }
    return lines;
  }

  std::string Disagreement() const {
    if (credits_.spread.empty() || credits_.models.size() < 2) return "";
    const CreditSpread& widest = credits_.spread.front();
    return "Models disagree by up to " + Tenths(widest.points()) +
           " points: " + Visible(Name(widest.channel)) + " is credited with " + Part(widest.least) + " by " +
           widest.least_model + " and " + Part(widest.most) + " by " + widest.most_model +
           ". No model can know which is right.";
  }

  double CreditedShare(const HoldOut& hold_out) const {
    double share = 0;
    for (const ChannelCredit& one : headline()->channels) {
      if (std::find(hold_out.channels.begin(), hold_out.channels.end(), one.channel) !=
          hold_out.channels.end())
        share += one.share;
    }
    return share;
  }

  std::vector<std::string> HoldOuts() const {
    std::vector<std::string> lines;
    if (headline() == nullptr) return lines;
    for (const HoldOut& one : asked_.hold_outs) {
      std::string channels;
      for (const int channel : one.channels)
        channels += (channels.empty() ? "" : ", ") + Visible(Name(channel));
      const double credited = CreditedShare(one);
      lines.push_back(
          "Hold-out " + Visible(one.id) + ": " + channels + " caused " + Part(one.caused) + " (" +
          Part(one.low) + " to " + Part(one.high) + ") of all; " + headline()->id + " credits " +
          Part(credited) +
          (credited > one.high ? ", more than that: take " + Part(one.high) + " as the most." : "."));
    }
    return lines;
  }

  std::vector<std::string> Notes() const {
    std::vector<std::string> notes = ToSentences(asked_.rules, asked_.from_touches);
    if (asked_.too_old > 0) notes.push_back(Count(asked_.too_old) + " touches were older than the window.");
    if (asked_.shaped.direct_dropped > 0)
      notes.push_back(Count(asked_.shaped.direct_dropped) + " direct visits were left out.");
    if (asked_.shaped.collapsed > 0)
      notes.push_back(Count(asked_.shaped.collapsed) + " repeated touches were left out.");
    if (asked_.shaped.cut > 0) {
      notes.push_back(Count(asked_.shaped.cut) + " journeys were cut (" +
                      Part(asked_.shaped.cut / std::max(1.0, credits_.totals.journeys)) +
                      "); that moves credit away from the channels in their middle.");
    }
    notes.insert(notes.end(), asked_.notes.begin(), asked_.notes.end());
    for (const ModelCredit& model : credits_.models) {
      if (model.id == "shapley_volume" && model.state == ModelCredit::State::kAnswered)
        notes.emplace_back("shapley_volume is an equal split over the distinct channels of a journey.");
      if (!model.no_interval.empty())
        notes.push_back("No interval of " + model.id + ": " + model.no_interval + ".");
    }
    if (!credits_.players.merged.empty() && credits_.Find("shapley_rate") != nullptr &&
        !credits_.Find("shapley_rate")->channels.empty()) {
      std::string merged;
      for (const ChannelCode channel : credits_.players.merged)
        merged += (merged.empty() ? "" : ", ") + Visible(Name(channel));
      notes.push_back("shapley_rate takes channels of under 30 conversions as one, " + std::string(kMerged) +
                      ": " + Truncate(merged, 120) + ".");
    }
    if (const int best = BestOrder(credits_.orders); best > 0) {
      notes.push_back("Of the Markov orders " + std::to_string(credits_.orders.front().order) + " to " +
                      std::to_string(credits_.orders.back().order) + " the BIC prefers order " +
                      std::to_string(best) + ".");
    }
    return notes;
  }

  std::string Check() const {
    return "Check: the credits of every model sum to " + Count(credits_.totals.conversions) +
           " conversions and their values to the value, " +
           (credits_.conservation < 1e-9 ? "to a billionth." : "but not to a billionth: this is a bug.");
  }

 private:
  const AskedJourneys& asked_;
  const Credits& credits_;
  const ModelCredit* headline_ = nullptr;
};

std::string_view StateOf(const ModelCredit& model) {
  switch (model.state) {
    case ModelCredit::State::kAnswered:
      return "value";
    case ModelCredit::State::kTooLittle:
      return "too_little_data";
    case ModelCredit::State::kRefused:
      return "not_offered";
  }
  return "";
}

// ---------------------------------------------------------------- pages for people

using Rows = std::vector<std::vector<std::string>>;

/// The headline with its interval and how far all models are apart.
Rows HeadlineRows(const AskedJourneys& asked, const Credits& credits, const Words& words) {
  Rows rows = {{"channel", "conversions", "95 % interval", "share", "value", "all models"}};
  const auto ranked = words.Ranked();
  for (std::size_t at = 0; at < ranked.size() && at < kMostShown; ++at) {
    const ChannelCredit& one = *ranked[at];
    const auto spread = std::find_if(credits.spread.begin(), credits.spread.end(),
                                     [&](const CreditSpread& each) { return each.channel == one.channel; });
    rows.push_back(
        {words.Name(one.channel), Tenths(one.credit),
         one.low ? Tenths(*one.low) + " to " + Tenths(*one.high) : "—", Part(one.share),
         asked.currency.empty() ? Tenths(one.value) : FormatNumber(one.value, asked.currency, true),
         spread == credits.spread.end() ? "—" : Part(spread->least) + " to " + Part(spread->most)});
  }
  return rows;
}

/// Shares of all models that answered.
Rows SideBySide(const Credits& credits, const Words& words) {
  Rows rows = {{"share credited by"}};
  std::vector<const ModelCredit*> shown;
  for (const ModelCredit& model : credits.models) {
    // Ordered credit differs from shapley_volume by position only.
    if (model.channels.empty() || model.id == "shapley_ordered") continue;
    shown.push_back(&model);
    rows[0].push_back(model.id);
  }
  const auto ranked = words.Ranked();
  for (std::size_t at = 0; at < ranked.size() && at < kMostShown; ++at) {
    std::vector<std::string> row = {words.Name(ranked[at]->channel)};
    for (const ModelCredit* model : shown) {
      const auto found =
          std::find_if(model->channels.begin(), model->channels.end(),
                       [&](const ChannelCredit& one) { return one.channel == ranked[at]->channel; });
      row.push_back(found == model->channels.end() ? "—" : Part(found->share));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string Aligned(const Rows& rows) {
  std::vector<int> widths(rows[0].size());
  for (const auto& row : rows) {
    for (std::size_t at = 0; at < row.size(); ++at)
      widths[at] = std::max(widths[at], std::min(32, DisplayWidth(Visible(row[at]))));
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t at = 0; at < row.size(); ++at)
      line += (at > 0 ? "  " : "  ") + Pad(Visible(row[at]), widths[at], at > 0);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::string MarkdownTable(const Rows& rows) {
  std::string out;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    out += "|";
    for (const std::string& cell : rows[row]) out += " " + EscapeMarkdown(cell) + " |";
    out += "\n";
    if (row > 0) continue;
    out += "|";
    for (std::size_t at = 0; at < rows[row].size(); ++at) out += at == 0 ? "---|" : "---:|";
    out += "\n";
  }
  return out;
}

std::string ToPage(const AskedJourneys& asked, const Credits& credits, bool markdown) {
  const Words words(asked, credits);
  const auto table = [&](const Rows& rows) {
    return (markdown ? MarkdownTable(rows) : Aligned(rows)) + "\n";
  };
  const auto line = [&](const std::string& text) { return (markdown ? EscapeMarkdown(text) : text) + "\n"; };
  std::string out;
  if (asked.period) out += line(ToWords(*asked.period)) + "\n";
  for (const std::string& sentence : words.Coverage()) {
    out += markdown && sentence.starts_with("  ") ? "- " + EscapeMarkdown(sentence.substr(2)) + "\n"
                                                  : line(sentence);
  }
  out += "\n";
  if (words.headline() != nullptr) {
    out += line("Credited by " + words.headline()->id + ":") + (markdown ? "\n" : "");
    out += table(HeadlineRows(asked, credits, words));
    if (credits.models.size() > 1) {
      out += table(SideBySide(credits, words));
      out += line(words.Disagreement());
    }
    for (const std::string& hold_out : words.HoldOuts()) out += line(hold_out);
    const std::size_t all = words.headline()->channels.size();
    if (all > kMostShown)
      out += line("And " + Count(static_cast<double>(all - kMostShown)) +
                  " more channels: --format csv has all.");
    out += line(words.Check());
  }
  for (const ModelCredit& model : credits.models) {
    if (!model.channels.empty()) continue;
    out += line(model.id +
                (model.state == ModelCredit::State::kTooLittle ? ": too little data, " : ": not here, ") +
                model.reason + ".");
  }
  out += "\n" + line("How it was counted:");
  for (const std::string& note : words.Notes()) out += (markdown ? "- " : "  ") + line(note);
  return out;
}

// ---------------------------------------------------------------- pages for programs

std::string Plain(double number) { return fmt::format("{:.15g}", number); }

std::string ToCsv(const AskedJourneys& asked, const Credits& credits) {
  const Words words(asked, credits);
  std::string out = "model,state,channel,credit,low,high,n,value,share,reason\r\n";
  for (const ModelCredit& model : credits.models) {
    const std::string head = model.id + "," + std::string(StateOf(model)) + ",";
    if (model.channels.empty()) out += head + ",,,,,,," + EscapeCsv(model.reason, true) + "\r\n";
    for (const ChannelCredit& one : model.channels) {
      out += head + EscapeCsv(words.Name(one.channel), true) + "," + Plain(one.credit) + "," +
             (one.low ? Plain(*one.low) : "") + "," + (one.high ? Plain(*one.high) : "") + "," +
             (one.low ? Plain(credits.persons) : "") + "," + Plain(one.value) + "," + Plain(one.share) +
             ",\r\n";
    }
  }
  return out;
}

Json OrNull(const std::optional<double>& number) { return number ? Json(*number) : Json(); }

Json ChannelJson(const ChannelCredit& one, const AskedJourneys& asked, const Credits& credits,
                 const Words& words) {
  Json json = {{"channel", words.Name(one.channel)},
               {"credit", one.credit},
               {"value", one.value},
               {"share", one.share},
               {"low", OrNull(one.low)},
               {"high", OrNull(one.high)},
               {"share_low", OrNull(one.share_low)},
               {"share_high", OrNull(one.share_high)},
               {"level", one.low ? Json(0.95) : Json()},
               {"n", static_cast<std::int64_t>(credits.persons)}};
  if (one.channel == Players::kMerged) {
    Json merged = Json::array();
    for (const ChannelCode channel : credits.players.merged) merged.push_back(asked.channels[channel]);
    json["merges"] = std::move(merged);
  }
  if (!one.positions.empty()) {
    Json positions = Json::array();
    for (const auto& [position, credit] : one.positions)
      positions.push_back({{"position", position}, {"credit", credit}});
    json["positions"] = std::move(positions);
  }
  return json;
}

Json ModelsJson(const AskedJourneys& asked, const Credits& credits, const AttributeCommand& command,
                const Words& words) {
  Json models = Json::array();
  for (const ModelCredit& model : credits.models) {
    Json channels = Json::array();
    for (const ChannelCredit& one : model.channels)
      channels.push_back(ChannelJson(one, asked, credits, words));
    Json json = {{"model", model.id},
                 {"state", StateOf(model)},
                 {"headline", model.id == kHeadlineModel},
                 {"reason", model.reason.empty() ? Json() : Json(model.reason)},
                 {"order", model.id == "markov" ? Json(command.order) : Json()},
                 {"credit", model.channels.empty() ? Json() : Json(model.credit)},
                 {"value", model.channels.empty() ? Json() : Json(model.value)},
                 {"channels", std::move(channels)}};
    if (!model.no_interval.empty()) json["no_interval"] = model.no_interval;
    models.push_back(std::move(json));
  }
  return models;
}

Json CoverageJson(const AskedJourneys& asked, const Credits& credits) {
  Json causes = Json::array();
  for (const CoverageCause& cause : asked.causes) {
    causes.push_back({{"cause", cause.id},
                      {"conversions", cause.conversions},
                      {"credited", cause.credited},
                      {"says", cause.says},
                      {"fix", cause.fix}});
  }
  const double credited = credits.totals.conversions;
  return {{"subject", asked.subject},
          {"conversions", asked.conversions},
          {"credited", credited},
          {"share", asked.conversions > 0 ? Json(credited / asked.conversions) : Json()},
          {"value", credits.totals.value},
          {"currency", asked.currency.empty() ? Json() : Json(asked.currency)},
          {"journeys", credits.totals.journeys},
          {"persons", asked.from_touches ? Json(credits.persons) : Json()},
          {"touches", asked.touches},
          {"causes", std::move(causes)}};
}

Json RulesJson(const AskedJourneys& asked, const AttributeCommand& command) {
  const JourneyRules& rules = asked.rules;
  return {{"version", kJourneyRulesVersion},
          {"from", asked.from_touches ? "touches" : "paths"},
          {"channel", command.paths.empty() ? Json(command.by) : Json()},
          {"window_days", rules.window_days > 0 ? Json(rules.window_days) : Json()},
          {"direct", rules.drop_direct ? "dropped" : "kept"},
          {"repeats", rules.collapse ? "collapsed" : "kept"},
          {"most_touches", rules.most_touches > 0 ? Json(rules.most_touches) : Json()},
          {"half_life_days", rules.half_life_days},
          {"too_old", asked.too_old},
          {"direct_dropped", asked.shaped.direct_dropped},
          {"collapsed", asked.shaped.collapsed},
          {"journeys_cut", asked.shaped.cut},
          {"sentences", ToSentences(rules, asked.from_touches)}};
}

Json SpreadJson(const Credits& credits, const Words& words) {
  Json spread = Json::array();
  for (const CreditSpread& one : credits.spread) {
    spread.push_back({{"channel", words.Name(one.channel)},
                      {"points", one.points()},
                      {"headline", one.headline},
                      {"least", {{"share", one.least}, {"model", one.least_model}}},
                      {"most", {{"share", one.most}, {"model", one.most_model}}}});
  }
  return spread;
}

Json HoldOutsJson(const AskedJourneys& asked, const Words& words) {
  Json list = Json::array();
  if (words.headline() == nullptr) return list;
  for (const HoldOut& one : asked.hold_outs) {
    Json channels = Json::array();
    for (const int channel : one.channels) channels.push_back(words.Name(channel));
    const double credited = words.CreditedShare(one);
    list.push_back({{"experiment", one.id},
                    {"channels", std::move(channels)},
                    {"caused", ValueJson(one.caused, one.low, one.high, "ratio", static_cast<double>(one.n))},
                    {"credited", credited},
                    {"credited_too_much", credited > one.high}});
  }
  return list;
}

Json OrdersJson(const Credits& credits) {
  Json orders = Json::array();
  const int best = BestOrder(credits.orders);
  for (const OrderFit& fit : credits.orders) {
    orders.push_back({{"order", fit.order},
                      {"states", fit.states},
                      {"parameters", fit.parameters},
                      {"log_likelihood", fit.log_likelihood},
                      {"bic", fit.bic},
                      {"p", OrNull(fit.p_value)},
                      {"preferred", fit.order == best}});
  }
  return orders;
}

std::string ToJsonText(const AskedJourneys& asked, const Credits& credits, const AttributeCommand& command,
                       const std::string& workspace) {
  const Words words(asked, credits);
  Json json =
      Envelope("attribute", workspace,
               {{"coverage", CoverageJson(asked, credits)},
                {"models", ModelsJson(asked, credits, command, words)},
                {"spread", SpreadJson(credits, words)},
                {"hold_outs", HoldOutsJson(asked, words)},
                {"orders", OrdersJson(credits)},
                {"rules", RulesJson(asked, command)},
                {"resamples", credits.resamples},
                {"check", {{"relative_error", credits.conservation}, {"holds", credits.conservation < 1e-9}}},
                {"notes", words.Notes()}});
  if (workspace.empty()) json["workspace"] = nullptr;
  if (asked.last) json["as_of"] = ToIso(*asked.last);
  if (asked.period)
    json["period"] = {{"from", ToIso(asked.period->from)},
                      {"to", ToIso(asked.period->to - std::chrono::days{1})}};
  return Dump(json);
}

}  // namespace

Answer ShowCredits(const AskedJourneys& asked, const Credits& credits, const AttributeCommand& command,
                   const std::string& workspace) {
  Answer answer;
  answer.too_little =
      std::all_of(credits.models.begin(), credits.models.end(),
                  [](const ModelCredit& model) { return model.state == ModelCredit::State::kTooLittle; }) ||
      credits.totals.conversions < kFewestConversions;
  switch (command.card.format) {
    case Format::kJson:
      answer.out = ToJsonText(asked, credits, command, workspace);
      break;
    case Format::kCsv:
      answer.out = ToCsv(asked, credits);
      break;
    case Format::kMarkdown:
      answer.out = ToPage(asked, credits, true);
      break;
    case Format::kText:
      answer.out = ToPage(asked, credits, false);
      break;
  }
  return answer;
}

}  // namespace backcast
