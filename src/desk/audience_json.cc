// SPDX-License-Identifier: Apache-2.0
#include "desk/audience_data.h"
#include "desk/bots_json.h"
#include "desk/chain_json.h"

namespace backcast {
namespace {

Json Text(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json CountJson(const std::optional<double>& count, const std::string& missing) {
  return ValueJson(count, "count", count.value_or(0), missing);
}

Json ShareJson(double k, double n, const std::optional<Interval>& within, const std::string& missing) {
  if (!within || n <= 0) return ValueJson(std::nullopt, "ratio", 0, missing);
  return ValueJson(k / n, within->low, within->high, "ratio", n);
}

Json WithState(Json json, const char* state) {
  json["state"] = state;
  return json;
}

Json LadderJson(const LadderReading& reading, const Ladder& ladder) {
  Json rungs = Json::array();
  for (std::size_t i = 0; i < reading.rungs.size(); ++i) {
    const RungShare& rung = reading.rungs[i];
    const Rung& words = ladder.rungs[i];
    const std::string unseen = "nothing that was read would show it";
    Json people = reading.seen[i] ? ValueJson(rung.people, "count", reading.people, "")
                                  : ValueJson(std::nullopt, "count", 0, unseen);
    rungs.push_back(
        {{"rung", words.id},
         {"title", words.title},
         {"people", std::move(people)},
         {"share", ShareJson(rung.people, reading.people, rung.share, unseen)},
         {"highest", reading.seen[i] ? Json(rung.highest) : Json()},
         {"of_followers", ValueJson(rung.of_known, "ratio", reading.people,
                                    "how many followers there are is not known, or does not apply")},
         {"can_be_asked_for", words.asks},
         {"can_be_measured", words.measures}});
  }
  return {{"from", reading.from == LadderFrom::kSurvey ? "survey" : "observed"},
          {"people", ValueJson(reading.people, "count", reading.people, "")},
          {"enough", reading.people >= kPeopleForLadder},
          {"rungs", std::move(rungs)}};
}

Json AccountJson(const AccountFollowers& account) {
  const FollowerChange& change = account.change;
  Json clean_ups = Json::array();
  for (const CleanUp& day : change.clean_ups)
    clean_ups.push_back({{"day", ToIso(day.day)},
                         {"lost", ValueJson(day.lost, "count", 1, "")},
                         {"usual", ValueJson(day.usual, "count", 1, "")}});
  Json churn = ValueJson(std::nullopt, "ratio", 0, change.churn_needs);
  if (change.churn && change.churn_within) {
    churn = ValueJson(*change.churn, change.churn_within->low, change.churn_within->high, "ratio",
                      change.start.value_or(0));
  } else if (change.churn_needs.starts_with("have ")) {
    churn["state"] = "too_little_data";
  }
  const bool both = change.start && change.end;
  const auto counted = [&](const std::optional<double>& number, const char* what) {
    if (!number) return CountJson(number, what);
    const auto within = PoissonInterval(*number);
    if (!within.ok() || *number <= 0) return CountJson(number, what);
    return ValueJson(*number, within.value().low, within.value().high, "count", *number);
  };
  return {{"platform", Text(account.platform)},
          {"account", Text(account.account)},
          {"start", CountJson(change.start, "the export does not tell how many there were")},
          {"start_on", change.start ? Json(ToIso(change.start_on)) : Json()},
          {"end", CountJson(change.end, "the export does not tell how many there are")},
          {"end_on", change.end ? Json(ToIso(change.end_on)) : Json()},
          {"change", ValueJson(both ? std::optional(*change.end - *change.start) : std::nullopt, "count",
                               change.days, "the export does not tell how many there were")},
          {"gained", counted(change.gained, "the export does not tell who came")},
          {"lost", counted(change.lost, "the export does not tell who left")},
          {"clean_ups", std::move(clean_ups)},
          {"churn", std::move(churn)}};
}

Json CommunityJson(const Community& community) {
  const Dialogue& all = community.dialogue;
  const Voices& voices = all.voices;
  const PeerAnswers& answers = all.answers;
  const double said = voices.contributions;
  Json within = WithState(ValueJson(std::nullopt, "ratio", answers.questions,
                                    answers.questions == 0 ? "nobody asked anything"
                                                           : "no question has waited for seven days yet"),
                          answers.questions == 0 ? "not_offered" : "too_little_data");
  if (answers.within) {
    within = ValueJson(answers.within->share, answers.within->interval.low, answers.within->interval.high,
                       "ratio", answers.within->items);
  }
  Json median = WithState(ValueJson(std::nullopt, "seconds", answers.questions, "too few answers by peers"),
                          "too_little_data");
  if (answers.median) {
    median = answers.median->value
                 ? ValueJson(*answers.median->value, answers.median->low, answers.median->high, "seconds",
                             answers.median->items)
                 : ValueJson(std::nullopt, "seconds", answers.median->items,
                             "not reached: fewer than half of the questions were answered by a peer");
  }
  return {{"platform", Text(community.platform)},
          {"account", Text(community.account)},
          {"whole", community.platform.empty() && community.account.empty()},
          {"voices",
           {{"people", ValueJson(voices.people, "count", said, "")},
            {"effective", ValueJson(voices.people > 0 ? std::optional(voices.effective) : std::nullopt,
                                    "count", said, "nobody is known by name")},
            {"loudest_tenth", ValueJson(voices.people > 0 ? std::optional(voices.top_share) : std::nullopt,
                                        "ratio", said, "nobody is known by name")},
            {"loudest_people", voices.top_people},
            {"contributions", ValueJson(said, "count", said, "")},
            {"by_staff", ValueJson(voices.staff_contributions, "count", said, "")},
            {"unsigned", ValueJson(voices.unsigned_contributions, "count", said, "")}}},
          {"reciprocity",
           {{"pairs", ValueJson(all.reciprocity.pairs, "count", all.reciprocity.pairs, "")},
            {"mutual", ValueJson(all.reciprocity.mutual, "count", all.reciprocity.pairs, "")},
            {"share", ShareJson(all.reciprocity.mutual, all.reciprocity.pairs, all.reciprocity.share,
                                "no member answered another")}}},
          {"depth",
           {{"threads", ValueJson(all.depth.threads, "count", all.depth.threads, "")},
            {"answered_share", ShareJson(all.depth.answered, all.depth.threads, all.depth.answered_share,
                                         "nobody began anything")},
            {"deeper_share",
             ShareJson(all.depth.deeper, all.depth.answered, all.depth.deeper_share, "nothing was answered")},
            {"deepest", ValueJson(all.depth.deepest, "count", all.depth.threads, "")}}},
          {"peer_answers",
           {{"questions", ValueJson(answers.questions, "count", answers.questions, "")},
            {"by_peers", ValueJson(answers.by_peers, "count", answers.questions, "")},
            {"by_staff_alone", ValueJson(answers.by_staff, "count", answers.questions, "")},
            {"untimed", answers.untimed},
            {"within_7_days", std::move(within)},
            {"median_time", std::move(median)}}},
          {"circular_replies", all.loops}};
}

Json AskedJson(const Asked& asked) {
  Json share = ValueJson(std::nullopt, "ratio", 0, "neither a survey nor what people do tells");
  if (asked.share && asked.within)
    share = ValueJson(*asked.share, asked.within->low, asked.within->high, "ratio", asked.people);
  return {{"tactic", asked.tactic},
          {"asks_for", asked.rung},
          {"segment", Text(asked.segment)},
          {"from", !asked.share ? Json() : Json(asked.observed ? "observed" : "survey")},
          {"could", std::move(share)}};
}

}  // namespace

std::string AudienceJson(const AudienceAnswer& answer) {
  Json ladders = Json::array(), asked = Json::array(), accounts = Json::array(), communities = Json::array();
  for (const SurveyLadder& survey : answer.surveys) {
    Json one = LadderJson(survey.reading, answer.ladder);
    one["survey"] = Text(survey.survey);
    one["segment"] = Text(survey.segment);
    ladders.push_back(std::move(one));
  }
  if (answer.observed) ladders.push_back(LadderJson(*answer.observed, answer.ladder));
  for (const Asked& one : answer.asked) asked.push_back(AskedJson(one));
  for (const AccountFollowers& account : answer.accounts) accounts.push_back(AccountJson(account));
  for (const Community& community : answer.communities) communities.push_back(CommunityJson(community));
  const std::string none = "no breakdown of followers names the target";
  Json json =
      Envelope("audience", answer.workspace,
               {{"ladders", std::move(ladders)},
                {"unknown_kinds", answer.unknown_kinds},
                {"asked", std::move(asked)},
                {"followers", CountJson(answer.followers, "no export tells how many followers there are")},
                {"accounts", std::move(accounts)},
                {"targeted",
                 {{"followers", CountJson(answer.targeted, none)},
                  {"growth", CountJson(answer.targeted_growth, none)},
                  {"share", ValueJson(answer.targeted_share, "ratio", answer.followers.value_or(0), none)}}},
                {"follower_samples", FollowerSamplesJson(answer.bots)},
                {"growth", GrowthJson(answer.bots)},
                {"communities", std::move(communities)}});
  json["as_of"] = ToIso(answer.as_of);
  json["period"] = {{"from", ToIso(answer.period.from)},
                    {"to", ToIso(answer.period.to - std::chrono::days{1})}};
  return Dump(json);
}

}  // namespace backcast
