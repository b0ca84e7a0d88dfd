// SPDX-License-Identifier: Apache-2.0
#include "desk/ads.h"

#include <algorithm>

#include "base/number.h"
#include "desk/ads_data.h"
#include "desk/answer_table.h"
#include "desk/chain_json.h"
#include "desk/test_return_json.h"
#include "plan/rulebook.h"
#include "report/hostile.h"

namespace backcast {
namespace {

std::string Percent(double value) { return FormatNumber(value, "ratio", true); }
std::string Range(const std::string& low, const std::string& high) { return " (" + low + " – " + high + ")"; }

/// The ad first, which a narrow page keeps, then the parts in which the ads of the page differ.
std::string NameOf(const Creative& creative, const std::vector<Creative>& all) {
  std::string name = creative.ad;
  for (const auto part : {&Creative::ad_group, &Creative::campaign, &Creative::platform}) {
    const bool differs = std::any_of(all.begin(), all.end(),
                                     [&](const Creative& other) { return other.*part != creative.*part; });
    if (differs && !(creative.*part).empty()) name += " / " + creative.*part;
  }
  return name;
}

std::string VerdictOf(const Fatigue& fatigue) {
  switch (fatigue.verdict) {
    case Fatigue::Verdict::kTired:
      return "tired";
    case Fatigue::Verdict::kFresher:
      return "clicked more than when new";
    case Fatigue::Verdict::kNoFallShown:
      return "no fall shown";
    case Fatigue::Verdict::kTooLittle:
      break;
  }
  return "too little: " + fatigue.needs;
}

AnswerTable CreativeTable(const AdsAnswer& answer) {
  AnswerTable table{{"ad", "first days", "last days", "change", "days", "frequency", "verdict"},
                    {false, true, true, true, true, true, false},
                    {}};
  for (const Creative& creative : answer.creatives) {
    const Fatigue& fatigue = creative.fatigue;
    table.rows.push_back(
        {NameOf(creative, answer.creatives), Percent(fatigue.first), Percent(fatigue.last),
         fatigue.estimate ? Percent(*fatigue.estimate) +
                                Range(Percent(fatigue.interval->low), Percent(fatigue.interval->high))
                          : "—",
         std::to_string(fatigue.days),
         creative.frequency ? FormatNumber(*creative.frequency, "score", true) : "—", VerdictOf(fatigue)});
  }
  return table;
}

std::string SurveyName(const SurveyLift& one) {
  const std::string survey = one.survey.empty() ? "(no name)" : one.survey;
  return one.campaign.empty() ? survey : survey + " / " + one.campaign;
}

std::string VerdictOf(const BrandLift& lift) {
  switch (lift.verdict) {
    case BrandLift::Verdict::kHigher:
      return "higher";
    case BrandLift::Verdict::kLower:
      return "lower";
    case BrandLift::Verdict::kNoneShown:
      return "no difference shown";
    case BrandLift::Verdict::kTooLittle:
      break;
  }
  return "too little: " + lift.needs;
}

std::string SaidYes(const Answers& answers) {
  if (answers.all == 0) return "—";
  return Percent(answers.share()) + " of " + FormatNumber(answers.all, "count", false);
}

AnswerTable LiftTable(const AdsAnswer& answer) {
  AnswerTable table{{"survey", "saw it", "did not", "lift", "cost per point", "verdict"},
                    {false, true, true, true, true, false},
                    {}};
  const auto points = [](double share) { return FormatNumber(100 * share, "percent_points", true); };
  const auto money = [&](double amount) { return FormatNumber(amount, answer.currency, true); };
  for (const SurveyLift& one : answer.lifts) {
    const BrandLift& lift = one.lift;
    table.rows.push_back(
        {SurveyName(one), SaidYes(lift.exposed), SaidYes(lift.control),
         lift.interval ? points(lift.lift) + Range(points(lift.interval->low), points(lift.interval->high))
                       : "—",
         one.cost
             ? money(one.cost->value) + Range(money(one.cost->interval.low), money(one.cost->interval.high))
             : "—",
         VerdictOf(lift)});
  }
  return table;
}

class Page {
 public:
  explicit Page(Format format) : format_(format) {}

  void Add(const std::string& heading, const AnswerTable& table, const std::vector<std::string>& sentences) {
    if (format_ == Format::kCsv) {
      if (!table.rows.empty()) out_ += (out_.empty() ? "" : "\r\n") + table.ToCsv();
      return;
    }
    const bool markdown = format_ == Format::kMarkdown;
    out_ += markdown ? "## " + EscapeMarkdown(heading) + "\n\n" : Wrapped(heading) + "\n";
    if (!table.rows.empty()) out_ += markdown ? table.ToMarkdown() + "\n" : table.ToText();
    for (const std::string& sentence : sentences)
      out_ += markdown ? EscapeMarkdown(sentence) + "\n\n" : Wrapped(Visible(sentence), 2);
    if (!markdown) out_ += "\n";
  }
  std::string Take() { return std::move(out_); }

 private:
  Format format_;
  std::string out_;
};

std::string ToPage(const AdsAnswer& answer, Format format) {
  Page page(format);
  if (!answer.creatives.empty()) {
    const int ads = answer.creatives.front().fatigue.ads;
    page.Add(
        "Ads shown in " + ToWords(answer.period) + ": clicks per impression, last " +
            std::to_string(kDaysAtEachEnd) + " days shown against the first " +
            std::to_string(kDaysAtEachEnd),
        CreativeTable(answer),
        {ads > 0 ? "Changes are drawn towards what all " + std::to_string(ads) + " ads did together (" +
                       Percent(answer.creatives.front().fatigue.together) +
                       "), because the worst of many is worst by luck too; what moves all alike may be the "
                       "season."
                 : "Fewer than four ads could be compared, so none is drawn towards the others.",
         "Frequency is of the longest period for which the platform reports people reached. It says that "
         "fewer of those who see an ad click, not why."});
  }
  if (!answer.lifts.empty()) {
    page.Add("Brand lift: people who saw a campaign against people who did not", LiftTable(answer),
             {"Only where lots were drawn who sees the campaign is the lift its effect."});
  }
  if (!answer.tests.empty()) {
    std::vector<std::string> sentences;
    for (const TestReturn& test : answer.tests) {
      for (const Claim& claim : test.claims)
        sentences.push_back(Shortened(test.id) + ", " + ToWords(test.days) + ": " + claim.text());
    }
    page.Add("Incremental return on ad spend", {}, sentences);
  }
  return page.Take();
}

Json CreativeJson(const Creative& creative) {
  const Fatigue& fatigue = creative.fatigue;
  Json change = ValueJson({}, "ratio", fatigue.days, fatigue.needs);
  if (fatigue.estimate) {
    change =
        ValueJson(*fatigue.estimate, fatigue.interval->low, fatigue.interval->high, "ratio", fatigue.days);
  } else {
    change["state"] = "too_little_data";
  }
  change["definition"] = "creative_fatigue@2";
  Json frequency = ValueJson(creative.frequency, "score", 0, "no reach of this ad is reported");
  if (creative.frequency) {
    frequency["from"] = ToIso(creative.frequency_of.from);
    frequency["to"] = ToIso(creative.frequency_of.to - std::chrono::days{1});
  }
  const auto share = [&](double value) { return ValueJson(value, "ratio", fatigue.impressions, ""); };
  return {{"platform", creative.platform},
          {"campaign", creative.campaign.empty() ? Json() : Json(creative.campaign)},
          {"ad_group", creative.ad_group.empty() ? Json() : Json(creative.ad_group)},
          {"ad", creative.ad},
          {"first_day", ToIso(creative.first)},
          {"last_day", ToIso(creative.last)},
          {"days_shown", fatigue.days},
          {"impressions", ValueJson(fatigue.impressions, "count", fatigue.impressions, "")},
          {"clicks", ValueJson(fatigue.clicks, "count", fatigue.clicks, "")},
          {"clicks_are", creative.link_clicks ? "link_clicks" : "clicks"},
          {"first_days", share(fatigue.first)},
          {"last_days", share(fatigue.last)},
          {"change", std::move(change)},
          {"change_alone", ValueJson(fatigue.change, "ratio", fatigue.days, "")},
          {"drawn_towards", fatigue.ads},
          {"change_together", ValueJson(fatigue.ads > 0 ? std::optional(fatigue.together) : std::nullopt,
                                        "ratio", fatigue.ads, "fewer than four ads could be compared")},
          {"frequency", std::move(frequency)},
          {"verdict", ToWord(fatigue.verdict)}};
}

Json LiftJson(const SurveyLift& one, const std::string& currency) {
  const BrandLift& lift = one.lift;
  const auto said = [](const Answers& answers) {
    return ValueJson(answers.all > 0 ? std::optional(answers.share()) : std::nullopt, "ratio", answers.all,
                     "nobody was asked");
  };
  Json points = ValueJson({}, "percent_points", 0, lift.needs);
  if (lift.interval) {
    points = ValueJson(100 * lift.lift, 100 * lift.interval->low, 100 * lift.interval->high, "percent_points",
                       lift.exposed.all + lift.control.all);
  }
  points["definition"] = "brand_lift@2";
  Json cost = ValueJson({}, currency, 0, "needs a lift that is shown, and ads that name the campaign");
  if (one.cost) {
    cost = ValueJson(one.cost->value, one.cost->interval.low, one.cost->interval.high, currency,
                     lift.exposed.all + lift.control.all);
  }
  cost["definition"] = "cost_per_brand_lift_point@1";
  return {{"survey", one.survey.empty() ? Json() : Json(one.survey)},
          {"campaign", one.campaign.empty() ? Json() : Json(one.campaign)},
          {"exposed", said(lift.exposed)},
          {"control", said(lift.control)},
          {"lift", std::move(points)},
          {"cost_per_point", std::move(cost)},
          {"verdict", ToWord(lift.verdict)},
          {"needs", lift.needs.empty() ? Json() : Json(lift.needs)}};
}

std::string ToJsonText(const AdsAnswer& answer) {
  Json creatives = Json::array(), lifts = Json::array(), tests = Json::array();
  for (const Creative& creative : answer.creatives) creatives.push_back(CreativeJson(creative));
  for (const SurveyLift& one : answer.lifts) lifts.push_back(LiftJson(one, answer.currency));
  for (const TestReturn& test : answer.tests) tests.push_back(ToJson(test));
  Json json = Envelope(
      "ads", answer.workspace,
      {{"creatives", std::move(creatives)}, {"brand_lift", std::move(lifts)}, {"tests", std::move(tests)}});
  json["as_of"] = ToIso(answer.as_of);
  json["period"] = {{"from", ToIso(answer.period.from)},
                    {"to", ToIso(answer.period.to - std::chrono::days{1})}};
  return Dump(json);
}

}  // namespace

Result<Answer> ShowAds(Workspace& workspace, const ScoreOptions& options, Talk& talk) {
  BACKCAST_TRY(const Ready ready, Prepare(workspace, options, talk));
  AdsAnswer found;
  found.workspace = workspace.name();
  found.currency = ready.currency.empty() ? "currency" : ready.currency;
  found.period = ready.request.period;
  found.as_of = ready.request.as_of;
  BACKCAST_TRY(found.creatives, ReadCreatives(workspace, ready));
  BACKCAST_TRY(found.lifts, ReadLifts(workspace, ready));
  BACKCAST_TRY(found.tests, ReadTestReturns(workspace, ready));
  if (found.creatives.empty() && found.lifts.empty() && found.tests.empty()) {
    return Error{Code::kTooLittle, ToWords(found.period), "no single ad was shown, and nothing tested one",
                 "an export of ads by day is needed, a survey with the column exposed, or a test by region "
                 "with spend (docs/ads.md)"};
  }
  Answer answer;
  answer.out = options.format == Format::kJson ? ToJsonText(found) : ToPage(found, options.format);
  return answer;
}

}  // namespace backcast
