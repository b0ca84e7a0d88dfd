// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "base/number.h"
#include "desk/answer_paper.h"
#include "desk/audience_data.h"
#include "desk/bots_json.h"

namespace backcast {
namespace {

std::string Number(double value) { return FormatNumber(value, "count", false); }
std::string Percent(double value) { return FormatNumber(value, "ratio", true); }
std::string OrDash(const std::optional<double>& value) { return value ? Number(*value) : "—"; }

std::string ShareText(double k, double n, const std::optional<Interval>& within) {
  if (!within || n <= 0) return "—";
  return Percent(k / n) + " (" + Percent(within->low) + " – " + Percent(within->high) + ")";
}

AnswerTable LadderTable(const LadderReading& reading, const Ladder& ladder) {
  const bool survey = reading.from == LadderFrom::kSurvey;
  AnswerTable table{{"rung", "people", "share", "can be asked for", "can be measured"},
                    {false, true, true, false, false},
                    {}};
  for (std::size_t i = 0; i < reading.rungs.size(); ++i) {
    const RungShare& rung = reading.rungs[i];
    const Rung& words = ladder.rungs[i];
    if (!survey && !reading.seen[i] && words.kinds.empty()) continue;
    table.rows.push_back({words.title,
                          reading.seen[i] ? Number(rung.people)
                          : survey        ? "no answer"
                                          : "not seen",
                          ShareText(rung.people, reading.people, rung.share), words.asks, words.measures});
  }
  return table;
}

void Ladders(const AudienceAnswer& answer, AnswerPaper& paper) {
  for (const SurveyLadder& survey : answer.surveys) {
    paper.Heading("What people do: survey " + survey.survey +
                  (survey.segment.empty() ? "" : ", segment " + survey.segment) + ", " +
                  Number(survey.reading.people) + " answers");
    paper.Table(LadderTable(survey.reading, answer.ladder));
    if (survey.reading.people < kPeopleForLadder)
      paper.Sentence("Few answers: have " + Number(survey.reading.people) + ", need about " +
                     Number(kPeopleForLadder) + ".");
    paper.Sentence("Rungs overlap, so shares do not add up to one.");
    paper.End();
  }
  if (answer.observed) {
    const LadderReading& seen = *answer.observed;
    paper.Heading("What people were seen doing in " + ToWords(answer.period) + ": " + Number(seen.people) +
                  " people");
    paper.Table(LadderTable(seen, answer.ladder));
    std::string doing;
    for (std::size_t i = 0; i < 3 && i < seen.rungs.size(); ++i) {
      const auto& of = seen.rungs[i].of_known;
      if (of && seen.rungs[i].people > 0)
        doing += (doing.empty() ? "" : ", ") + answer.ladder.rungs[i].title + " " + Percent(*of);
    }
    paper.Sentence(
        "Shares are of people who were seen doing something. Who only reads, or does nothing, mostly "
        "leaves no trace, so of the whole audience the active rungs are smaller than this." +
        (doing.empty() ? ""
                       : " Against " + Number(answer.followers.value_or(0)) +
                             " followers, who need not be the same people: " + doing + "."));
    paper.End();
  }
  if (!answer.unknown_kinds.empty()) {
    std::string kinds;
    for (const std::string& kind : answer.unknown_kinds) kinds += (kinds.empty() ? "" : ", ") + kind;
    paper.Sentence("Kinds of activity that the ladder does not place: " + kinds + ".");
    paper.End();
  }
}

void AskedFor(const AudienceAnswer& answer, AnswerPaper& paper) {
  if (answer.asked.empty()) return;
  paper.Heading("What the plan's tactics ask for, and how many could do it");
  for (const Asked& asked : answer.asked) {
    if (!asked.share || !asked.within) {
      paper.Sentence(asked.tactic + " asks for " + asked.rung + ": nobody knows how many there are.");
      continue;
    }
    paper.Sentence(asked.tactic + " asks for " + asked.rung + ": " +
                   ShareText(*asked.share, 1, asked.within) + " of " + Number(asked.people) +
                   (asked.observed          ? " people seen doing anything; of the whole audience it is less."
                    : asked.segment.empty() ? " people asked."
                                            : " people asked in " + asked.segment + ".") +
                   (asked.observed
                        ? ""
                        : " Of 1,000 it reaches about " + Number(std::round(1000 * asked.within->low)) +
                              " to " + Number(std::round(1000 * asked.within->high)) +
                              " can do it; no campaign gets more than that."));
  }
  paper.End();
}

void Followers(const AudienceAnswer& answer, AnswerPaper& paper) {
  if (!answer.accounts.empty()) {
    paper.Heading("Followers in " + ToWords(answer.period));
    AnswerTable table{{"account", "start", "end", "change", "gained", "lost", "churn"},
                      {false, true, true, true, true, true, true},
                      {}};
    std::vector<std::string> sentences;
    for (const AccountFollowers& account : answer.accounts) {
      const FollowerChange& change = account.change;
      const std::string name = account.platform + " " + account.account;
      table.rows.push_back({name, OrDash(change.start), OrDash(change.end),
                            change.start && change.end ? Number(*change.end - *change.start) : "—",
                            OrDash(change.gained), OrDash(change.lost),
                            change.churn ? ShareText(*change.churn, 1, change.churn_within) : "—"});
      for (const CleanUp& day : change.clean_ups)
        sentences.push_back(name + " lost " + Number(day.lost) + " on " + ToIso(day.day) + ", usually " +
                            Number(day.usual) +
                            ": a clean-up by the platform rather than people who left, so it is no churn.");
    }
    paper.Table(table);
    for (const std::string& sentence : sentences) paper.Sentence(sentence);
    paper.End();
  }
  if (answer.targeted || answer.targeted_growth) {
    paper.Heading("Followers of the target group");
    paper.Sentence("At the end " + OrDash(answer.targeted) + ", gained in the period " +
                   OrDash(answer.targeted_growth) +
                   (answer.targeted_share ? ", " + Percent(*answer.targeted_share) + " of all" : "") + ".");
    paper.End();
  }
  WriteFollowers(answer.bots, paper);
}

std::string NameOf(const Community& community) {
  if (community.platform.empty() && community.account.empty()) return "All together";
  return community.platform + (community.account.empty() || community.platform.empty() ? "" : " ") +
         community.account;
}

void Communities(const AudienceAnswer& answer, AnswerPaper& paper) {
  if (answer.communities.empty()) return;
  paper.Heading("Is it a conversation of equals?");
  AnswerTable table{{"community", "voices", "as many as", "loudest tenth", "pairs mutual", "threads answered",
                     "went deeper", "by staff"},
                    {false, true, true, true, true, true, true, true},
                    {}};
  for (const Community& community : answer.communities) {
    const Dialogue& all = community.dialogue;
    const double said = all.voices.contributions + all.voices.staff_contributions;
    table.rows.push_back({NameOf(community), Number(all.voices.people),
                          all.voices.people > 0 ? FormatNumber(all.voices.effective, "score", true) : "—",
                          all.voices.people > 0 ? Percent(all.voices.top_share) : "—",
                          ShareText(all.reciprocity.mutual, all.reciprocity.pairs, all.reciprocity.share),
                          ShareText(all.depth.answered, all.depth.threads, all.depth.answered_share),
                          ShareText(all.depth.deeper, all.depth.answered, all.depth.deeper_share),
                          said > 0 ? Percent(all.voices.staff_contributions / said) : "—"});
  }
  paper.Table(table);
  paper.Sentence(
      "Voices are people who said anything and are not paid for it; as many as: so many voices of equal "
      "weight would be as concentrated. A pair is mutual when both answered each other. A thread went "
      "deeper when a reply was answered too.");
  AnswerTable answers{
      {"community", "questions", "answered by peers", "by staff alone", "within 7 days", "half after"},
      {false, true, true, true, true, true},
      {}};
  for (const Community& community : answer.communities) {
    const PeerAnswers& peers = community.dialogue.answers;
    if (peers.questions == 0) continue;
    const std::string half = !peers.median          ? "too few"
                             : !peers.median->value ? "not reached"
                                                    : FormatNumber(*peers.median->value, "seconds", true);
    answers.rows.push_back(
        {NameOf(community), Number(peers.questions), Number(peers.by_peers), Number(peers.by_staff),
         peers.within ? Percent(peers.within->share) + " (" + Percent(peers.within->interval.low) + " – " +
                            Percent(peers.within->interval.high) + ")"
                      : "—",
         half});
  }
  paper.Table(answers);
  if (!answers.rows.empty())
    paper.Sentence(
        "Times are to the first answer by another member (Kaplan-Meier); a question that nobody has "
        "answered still waits and is not left out.");
  paper.End();
}

}  // namespace

std::string AudiencePaper(const AudienceAnswer& answer, Format format, int columns) {
  AnswerPaper paper(format, columns);
  Ladders(answer, paper);
  AskedFor(answer, paper);
  Followers(answer, paper);
  Communities(answer, paper);
  return paper.Take();
}

}  // namespace backcast
