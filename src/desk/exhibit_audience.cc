// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/number.h"
#include "desk/audience_data.h"
#include "desk/exhibit_parts.h"

namespace backcast {
namespace {

constexpr std::size_t kMostAccounts = 8, kMostCommunities = 6;

ExhibitCell RungCell(const LadderReading& reading, std::size_t rung) {
  if (!reading.seen[rung] || !reading.rungs[rung].share)
    return WordsCell(reading.from == LadderFrom::kSurvey ? "no answer" : "not seen");
  return NumberCell(reading.rungs[rung].people / reading.people, "ratio", "", reading.rungs[rung].share,
                    reading.people);
}

/// The newest survey's people as a whole, and who was seen doing something.
Exhibit LadderOf(const AudienceAnswer& answer) {
  Exhibit exhibit;
  exhibit.id = "ladder";
  exhibit.command = "backcast audience";
  const LadderReading* asked = answer.surveys.empty() ? nullptr : &answer.surveys.front().reading;
  const LadderReading* seen = answer.observed ? &*answer.observed : nullptr;
  exhibit.columns.push_back({"rung", ""});
  if (asked != nullptr) exhibit.columns.push_back({"of_asked", ""});
  if (seen != nullptr) exhibit.columns.push_back({"of_seen", ""});
  exhibit.columns.push_back({"can_be_asked_for", ""});
  for (std::size_t i = 0; i < answer.ladder.rungs.size(); ++i) {
    std::vector<ExhibitCell> row = {WordsCell(answer.ladder.rungs[i].title)};
    if (asked != nullptr) row.push_back(RungCell(*asked, i));
    if (seen != nullptr) row.push_back(RungCell(*seen, i));
    row.push_back(WordsCell(answer.ladder.rungs[i].asks));
    exhibit.rows.push_back(std::move(row));
  }
  if (asked != nullptr) {
    const std::string few = asked->people < kPeopleForLadder ? ", too few to conclude from" : "";
    exhibit.notes.push_back("Asked in " + answer.surveys.front().survey + ": " +
                            FormatNumber(asked->people, "count", false) + " people" + few + ".");
  }
  if (seen != nullptr)
    exhibit.notes.push_back(
        "Seen doing something in the period: " + FormatNumber(seen->people, "count", false) +
        " people. Who only reads leaves no trace.");
  return exhibit;
}

/// A count with its exact limits.
ExhibitCell Counted(const std::optional<double>& count, const char* why_not) {
  const auto within = PoissonInterval(count.value_or(0));
  const bool limits = count && *count > 0 && within.ok();
  return NumberCell(count, "count", why_not, limits ? std::optional(within.value()) : std::nullopt, count);
}

Exhibit FollowersOf(const AudienceAnswer& answer) {
  Exhibit exhibit =
      NewExhibit("followers", "backcast audience", {"account", "followers_end", "gained", "lost", "churn"});
  for (std::size_t i = 0; i < answer.accounts.size() && i < kMostAccounts; ++i) {
    const AccountFollowers& account = answer.accounts[i];
    const FollowerChange& change = account.change;
    exhibit.rows.push_back(
        {WordsCell(account.platform + (account.account.empty() ? "" : " " + account.account)),
         NumberCell(change.end, "count", "the export does not tell how many there are", {}, change.end),
         Counted(change.gained, "the export does not tell who came"),
         Counted(change.lost, "the export does not tell who left"),
         NumberCell(change.churn_within ? change.churn : std::nullopt, "ratio", change.churn_needs,
                    change.churn_within, change.start)});
    for (const CleanUp& day : change.clean_ups)
      exhibit.notes.push_back(account.platform + " lost " + FormatNumber(day.lost, "count", false) + " on " +
                              ToIso(day.day) + ", where " + FormatNumber(day.usual, "count", false) +
                              " are usual: a clean-up of the platform, no churn.");
  }
  return exhibit;
}

ExhibitCell ShareCell(double k, double n, const std::optional<Interval>& within, const char* why_not) {
  return NumberCell(within && n > 0 ? std::optional(k / n) : std::nullopt, "ratio", why_not, within, n);
}

Exhibit CommunitiesOf(const AudienceAnswer& answer) {
  Exhibit exhibit = NewExhibit("community", "backcast audience",
                               {"community", "voices", "as_many_as", "mutual", "by_peers", "half_after"});
  for (std::size_t i = 0; i < answer.communities.size() && i < kMostCommunities; ++i) {
    const Community& community = answer.communities[i];
    const Dialogue& all = community.dialogue;
    const PeerAnswers& answers = all.answers;
    const bool whole = community.platform.empty() && community.account.empty();
    ExhibitCell within = NumberCell(
        {}, "ratio",
        answers.questions == 0 ? "nobody asked anything" : "no question has waited for seven days yet");
    if (answers.within)
      within =
          NumberCell(answers.within->share, "ratio", "", answers.within->interval, answers.within->items);
    ExhibitCell median = NumberCell({}, "seconds", "too few answers by peers");
    if (answers.median) {
      const TimeQuantile& time = *answers.median;
      const auto limits =
          time.low && time.high ? std::optional(Interval{*time.low, *time.high}) : std::nullopt;
      median = NumberCell(time.value, "seconds", "not reached", limits, time.items);
    }
    exhibit.rows.push_back(
        {WordsCell(whole ? "all"
                         : community.platform + (community.account.empty() ? "" : " " + community.account)),
         NumberCell(all.voices.people, "count", "", {}, all.voices.people),
         NumberCell(all.voices.people > 0 ? std::optional(all.voices.effective) : std::nullopt, "count",
                    "nobody is known by name"),
         ShareCell(all.reciprocity.mutual, all.reciprocity.pairs, all.reciprocity.share,
                   "no member answered another"),
         std::move(within), std::move(median)});
  }
  return exhibit;
}

}  // namespace

Result<Exhibits> AudienceExhibits(Workspace& workspace, const Ready& ready, Talk& /*talk*/) {
  Exhibits exhibits;
  if (!ready.request.filters.empty()) return exhibits;
  BACKCAST_TRY(const AudienceAnswer answer, ReadAudience(workspace, ready));
  if (!answer.surveys.empty() || answer.observed) exhibits.exhibits.push_back(LadderOf(answer));
  const bool counted = std::any_of(answer.accounts.begin(), answer.accounts.end(),
                                   [](const AccountFollowers& account) { return account.change.end; });
  if (counted) exhibits.exhibits.push_back(FollowersOf(answer));
  if (!answer.communities.empty()) exhibits.exhibits.push_back(CommunitiesOf(answer));
  return exhibits;
}

}  // namespace backcast
