// SPDX-License-Identifier: Apache-2.0
#include "desk/chain_json.h"
#include "desk/content.h"
#include "desk/content_words.h"

namespace backcast {
namespace {

/// Values of this answer are about whole lives of posts, not about what fell into the period.
Json OverLife(Json json) {
  json["basis"] = "lifetime";
  return json;
}

Json TooLittle(const std::string& unit, double n, const std::string& needs) {
  Json json = ValueJson(std::nullopt, unit, n, needs);
  json["state"] = "too_little_data";
  return OverLife(std::move(json));
}

Json LiftJson(const std::optional<Lift>& lift, double n, const std::string& needs) {
  if (!lift) return TooLittle("ratio", n, needs);
  return OverLife(ValueJson(lift->value, lift->low, lift->high, "ratio", n));
}

Json TypicalJson(const ThemeNumbers& numbers, double n) {
  if (!numbers.typical) return TooLittle("count", n, "no post with numbers");
  const QuantileEstimate& typical = *numbers.typical;
  if (!typical.both_limits_exist) return OverLife(ValueJson(typical.value, "count", n, ""));
  return OverLife(ValueJson(typical.value, typical.interval.low, typical.interval.high, "count", n));
}

Json KeptRateJson(const ThemeNumbers& numbers) {
  if (!numbers.kept_rate)
    return TooLittle("ratio", 0, "fewer than 10 posts with saves or shares and times seen");
  const RatioEstimate& rate = *numbers.kept_rate;
  return OverLife(ValueJson(rate.value, rate.interval.low, rate.interval.high, "ratio", rate.clusters));
}

Json ThemeJson(const ThemeEffect& effect, const ThemeNumbers& numbers) {
  return {{"id", effect.theme},
          {"name", numbers.name},
          {"posts", effect.posts},
          {"weight", effect.weight},
          {"engagement", TypicalJson(numbers, effect.posts)},
          {"lift", LiftJson(effect.lift, effect.posts, effect.needs)},
          {"raw_lift", effect.raw ? Json(*effect.raw) : Json()},
          {"adjusted_p", effect.lift ? Json(effect.adjusted_p) : Json()},
          {"saves_and_shares",
           {{"rate", KeptRateJson(numbers)},
            {"lift", LiftJson(numbers.kept, numbers.kept_posts, numbers.kept_needs)}}},
          {"verdict", ToWord(effect.verdict)},
          {"words", VerdictText(effect)}};
}

Json ComparisonJson(const GroupComparison& each) {
  const double n = each.posts + each.against_posts;
  Json json = {{"name", each.name},
               {"against", each.against.empty() ? Json() : Json(each.against)},
               {"posts", each.posts},
               {"against_posts", each.against_posts},
               {"lift", LiftJson(each.lift, n, each.needs)}};
  json["difference_of_means"] = each.means ? OverLife(ValueJson(each.means->value, each.means->interval.low,
                                                                each.means->interval.high, "count", n))
                                           : TooLittle("count", n, each.needs);
  json["adjusted_p"] = each.verdict == GroupVerdict::kTooLittle ? Json() : Json(each.adjusted_p);
  json["verdict"] = ToWord(each.verdict);
  if (!each.needs.empty()) json["needs"] = each.needs;
  return json;
}

Json ComparisonsJson(const std::vector<GroupComparison>& list) {
  Json json = Json::array();
  for (const GroupComparison& each : list) json.push_back(ComparisonJson(each));
  return json;
}

Json YoungJson(const YoungPost& post) {
  const bool judged = post.usual.answer != AgainstUsual::kTooLittle;
  Json usual = judged ? OverLife(ValueJson(post.usual.median, post.usual.band.low, post.usual.band.high,
                                           "count", post.usual.posts))
                      : TooLittle("count", post.usual.posts,
                                  "have " + std::to_string(post.usual.posts) +
                                      " past posts at this age, need " + std::to_string(kFewestForBand));
  if (judged) usual["level"] = post.usual.level;
  return {{"platform", post.platform},
          {"account", post.account.empty() ? Json() : Json(post.account)},
          {"post", post.id},
          {"text", post.caption},
          {"published", ToIso(post.published)},
          {"age_days", post.age},
          {"age_exact", post.exact},
          {"promoted", post.promoted},
          {"engagement", OverLife(ValueJson(post.value, "count", 1, ""))},
          {"usual", std::move(usual)},
          {"verdict", ToWord(post.usual.answer)}};
}

Json TallyJson(const PostTally& tally) {
  return {{"read", tally.read},           {"judged", tally.judged},
          {"too_young", tally.too_young}, {"not_at_age", tally.not_at_age},
          {"promoted", tally.promoted},   {"without_numbers", tally.without_numbers}};
}

Json LabelsJson(const ContentAnswer& answer) {
  const PostTally& tally = answer.tally;
  const auto text = [](const std::string& value) { return value.empty() ? Json() : Json(value); };
  return {{"version", text(answer.labels_version)},
          {"first_seen", text(answer.labels_first_seen)},
          {"several", answer.several == Several::kFirst ? "first" : "shared"},
          {"labelled", tally.labelled},
          {"by_rule", tally.by_rule},
          {"by_hand", tally.by_hand},
          {"by_export", tally.by_export},
          {"of_several", tally.of_several},
          {"published_before_labels", tally.before_labels}};
}

Json PromotedJson(const PromotedPosts& promoted) {
  return {{"posts", promoted.posts},
          {"judged", promoted.judged},
          {"engagement", promoted.median ? OverLife(ValueJson(promoted.median, "count", promoted.posts, ""))
                                         : TooLittle("count", promoted.posts, "none of 7 days or more")}};
}

}  // namespace

std::string ContentJson(const ContentAnswer& answer) {
  Json accounts = Json::array(), themes = Json::array(), pairs = Json::array(), mix = Json::array(),
       young = Json::array(), notes = Json::array(), sentences = Json::array();
  for (const AccountBasis& each : answer.accounts) {
    accounts.push_back({{"account", each.account},
                        {"basis", each.at_age ? "at_7_days" : "to_date"},
                        {"posts", each.posts},
                        {"paid_told_apart", !each.undivided}});
  }
  for (std::size_t i = 0; i < answer.lifts.themes.size(); ++i) {
    themes.push_back(ThemeJson(answer.lifts.themes[i], answer.numbers[i]));
    const MixShare& share = answer.mix[i];
    mix.push_back({{"theme", share.theme},
                   {"now", OverLife(ValueJson(share.now, "ratio", answer.tally.labelled, ""))},
                   {"to_try", share.to_try},
                   {"note", answer.numbers[i].note.empty() ? Json() : Json(answer.numbers[i].note)}});
  }
  for (const PairAnswer& pair : answer.pairs) {
    Json json = ComparisonJson(pair.comparison);
    json["id"] = pair.pair.id;
    pairs.push_back(std::move(json));
  }
  for (const YoungPost& post : answer.young) young.push_back(YoungJson(post));
  for (const Note& note : answer.notes)
    notes.push_back(
        {{"day", ToIso(note.day)}, {"node", note.node}, {"title", note.title}, {"text", note.text}});
  for (const auto& list : {CountedSentences(answer), ThemeSentences(answer), MixSentences(answer)}) {
    for (const std::string& sentence : list) sentences.push_back(sentence);
  }
  Json json = Envelope("content", answer.workspace,
                       {{"posts", TallyJson(answer.tally)},
                        {"accounts", std::move(accounts)},
                        {"labels", LabelsJson(answer)},
                        {"themes", std::move(themes)},
                        {"themes_need", answer.lifts.needs.empty() ? Json() : Json(answer.lifts.needs)},
                        {"posts_to_see_a_quarter",
                         answer.lifts.needs.empty() ? Json(answer.lifts.posts_for_a_quarter) : Json()},
                        {"pairs", std::move(pairs)},
                        {"formats", ComparisonsJson(answer.formats)},
                        {"time_zone", answer.zone},
                        {"weekdays", ComparisonsJson(answer.weekdays)},
                        {"hours", ComparisonsJson(answer.hours)},
                        {"without_day", answer.without_day},
                        {"without_hour", answer.without_hour},
                        {"promoted", PromotedJson(answer.promoted)},
                        {"mix", std::move(mix)},
                        {"concentration", answer.mix.empty() ? Json() : Json(answer.concentration)},
                        {"new_posts", std::move(young)},
                        {"notes", std::move(notes)},
                        {"sentences", std::move(sentences)}});
  json["as_of"] = ToIso(answer.as_of);
  json["period"] = {{"from", ToIso(answer.period.from)},
                    {"to", ToIso(answer.period.to - std::chrono::days{1})}};
  return Dump(json);
}

}  // namespace backcast
