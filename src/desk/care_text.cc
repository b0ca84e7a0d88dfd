// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/number.h"
#include "desk/answer_paper.h"
#include "desk/care_answer.h"
#include "report/hostile.h"

namespace backcast {
namespace {

constexpr std::size_t kMostGroups = 20;

std::string Number(double value) { return FormatNumber(value, "count", false); }
std::string Percent(double value) { return FormatNumber(value, "ratio", true); }

std::string Limits(const Interval& limits, const char* unit) {
  return " (" + FormatNumber(limits.low, unit, true) + " – " + FormatNumber(limits.high, unit, true) + ")";
}

std::string ShareCell(const CareShare& share) {
  const auto interval = WilsonInterval(share.done, share.of);
  return interval.ok() ? Percent(share.done / share.of) + Limits(interval.value(), "ratio") : "—";
}

std::string TimeCell(const WaitingTime& waiting) {
  if (!waiting.time) return "—";
  const TimeQuantile& time = *waiting.time;
  if (!time.value) return "not reached";
  std::string cell = FormatNumber(*time.value, "seconds", true);
  if (time.low || time.high)
    cell += " (" + (time.low ? FormatNumber(*time.low, "seconds", true) : "?") + " – " +
            (time.high ? FormatNumber(*time.high, "seconds", true) : "?") + ")";
  return cell;
}

std::string VerdictWords(StandardVerdict verdict) {
  switch (verdict) {
    case StandardVerdict::kReached:
      return "yes";
    case StandardVerdict::kNotReached:
      return "no";
    case StandardVerdict::kCannotTell:
      return "cannot be told: the interval holds it";
    case StandardVerdict::kTooFew:
      break;
  }
  return "too few";
}

std::string NameOf(const CareGroup& group) {
  return group.whole ? "all" : group.name.empty() ? "(not said)" : group.name;
}

/// The groups that are listed, the whole first.
std::vector<const CareGroup*> Listed(const CareAnswer& answer) {
  std::vector<const CareGroup*> listed;
  for (const CareGroup& group : answer.groups) {
    if (listed.size() <= kMostGroups) listed.push_back(&group);
  }
  return listed;
}

using GroupsOf = std::vector<const CareGroup*>;

AnswerSection Answered(const CareAnswer& answer, const GroupsOf& groups) {
  AnswerSection section{"Answered, of the conversations that began in " + ToWords(answer.period),
                        {{answer.by, "conversations", "need a reply", "answered by a person", "open"},
                         {false, true, true, true, true},
                         {}},
                        {}};
  for (const CareGroup* group : groups)
    section.table.rows.push_back({NameOf(*group), Number(group->conversations), Number(group->answered.of),
                                  ShareCell(group->answered),
                                  Number(group->answered.of - group->answered.done)});
  const CareGroup& whole = answer.groups.front();
  if (answer.unknown_auto > 0)
    section.sentences.push_back(
        "Of " + Number(answer.unknown_auto) +
        " replies no file says whether a program sent them; they count as a person's.");
  if (whole.unknown_need > 0)
    section.sentences.push_back(
        Number(whole.unknown_need) +
        " conversations do not say whether they need a reply and have no messages; they are in no share.");
  return section;
}

std::string StandardSentence(const CareStandard& standard, const CareAnswer& answer) {
  const CareShare& questions = answer.groups.front().questions;
  const StandardJudgement judged =
      JudgeShare(questions.done, questions.of, standard.at_least, standard.fewest);
  std::string line = standard.title + " (" + standard.id + "@" + std::to_string(standard.version) + ", " +
                     Percent(standard.at_least) + " of at least " + std::to_string(standard.fewest) +
                     " questions a " + standard.per + "): " + VerdictWords(judged.verdict);
  if (judged.verdict == StandardVerdict::kTooFew)
    line += ", have " + Number(questions.of) + ", need " + std::to_string(standard.fewest);
  if (standard.per == "quarter" && GrainOf(answer.period) != Grain::kQuarter) line += " (this is no quarter)";
  return line + ".";
}

AnswerSection Questions(const CareAnswer& answer, const GroupsOf& groups) {
  AnswerSection section{"Questions among the messages of " + ToWords(answer.period),
                        {{answer.by, "questions", "answered by a person"}, {false, true, true}, {}},
                        {}};
  const CareGroup& whole = answer.groups.front();
  if (whole.questions.of <= 0) return section;
  for (const CareGroup* group : groups)
    section.table.rows.push_back({NameOf(*group), Number(group->questions.of), ShareCell(group->questions)});
  for (const CareStandard& standard : answer.standards)
    section.sentences.push_back(StandardSentence(standard, answer));
  if (!answer.closed_walls.empty())
    section.sentences.push_back(
        "The standard asks for a wall on which people can write; closed: " + answer.closed_walls + ".");
  if (answer.classified > 0)
    section.sentences.push_back(
        Number(answer.classified) +
        " messages count as questions by their marks, as classified; no file says so.");
  return section;
}

AnswerSection Times(const CareAnswer& answer, const GroupsOf& groups, bool resolution) {
  AnswerSection section{std::string(resolution ? "Resolved for good" : "First reply of a person") +
                            ", by the " + answer.clock + " clock, those who still wait included",
                        {{answer.by, "half within", "nine in ten within"}, {false, true, true}, {}},
                        {}};
  bool few = false;
  for (const CareGroup* group : groups) {
    const WaitingTimes& times = resolution ? group->time_to_resolution : group->first_response;
    few |= times.items > 0 && (!times.median.time || !times.p90.time);
    section.table.rows.push_back({NameOf(*group), TimeCell(times.median), TimeCell(times.p90)});
  }
  if (few)
    section.sentences.push_back("— is too little data: half takes " + std::to_string(kFewestForMedianTime) +
                                " that ended, nine in ten " + std::to_string(kFewestForP90Time) + ".");
  if (answer.by == "agent")
    section.sentences.push_back(
        "Conversations that nobody took have no agent: by agent, times tell of those that were taken.");
  const UnusableTimes& left = answer.groups.front().unusable;
  const double other = resolution ? left.resolved_before : left.reply_before;
  if (left.without_opening + other > 0)
    section.sentences.push_back(
        "Left out of the times: " + Number(left.without_opening) + " without an instant of opening, " +
        Number(other) +
        (resolution ? " resolved before they were opened." : " whose reply stands before the question."));
  return section;
}

AnswerSection Promises(const CareAnswer& answer, const GroupsOf& groups) {
  AnswerSection section{
      "What was promised",
      {{answer.by, "promise", "kept", "asked for", "kept it?"}, {false, false, true, true, false}, {}},
      {}};
  for (const CareGroup* group : groups) {
    for (std::size_t i = 0; i < answer.promises.size(); ++i) {
      const CarePromise& promise = answer.promises[i];
      const KeptPromise& kept = group->promises[i];
      section.table.rows.push_back(
          {NameOf(*group),
           promise.id + ": " + (promise.what == "resolution" ? "resolved" : "answered") + " within " +
               FormatNumber(promise.minutes * 60, "seconds", true) + " (" + promise.clock + ")",
           kept.withheld ? "withheld"
           : kept.within ? Percent(kept.within->share) + Limits(kept.within->interval, "ratio")
                         : "— " + kept.needs,
           promise.share > 0 ? Percent(promise.share) : "",
           promise.share > 0 && !kept.withheld ? VerdictWords(kept.verdict) : ""});
    }
  }
  for (std::size_t i = 0; i < answer.promises.size(); ++i) {
    const KeptPromise& kept = answer.groups.front().promises[i];
    if (kept.withheld)
      section.sentences.push_back("The promise " + answer.promises[i].id + " is withheld: " + kept.needs);
  }
  return section;
}

AnswerSection After(const CareAnswer& answer, const GroupsOf& groups) {
  AnswerSection section{
      "Resolved, and what is still open",
      {{answer.by, "opened again", "settled at first contact", "open at the end", "calls", "calls resolved"},
       {false, true, true, true, true, true},
       {}},
      {}};
  for (const CareGroup* group : groups) {
    const CareShare first{static_cast<double>(group->first_contact.settled),
                          static_cast<double>(group->first_contact.chains)};
    section.table.rows.push_back({NameOf(*group), answer.has_resolution ? ShareCell(group->reopened) : "—",
                                  answer.has_resolution && answer.has_persons ? ShareCell(first) : "—",
                                  answer.has_resolution ? Number(group->backlog) : "—",
                                  answer.has_calls ? Number(group->calls) : "—",
                                  ShareCell(group->calls_resolved)});
  }
  return section;
}

AnswerSection Content(const CareAnswer& answer, const GroupsOf& groups) {
  AnswerSection section{"What customers answered when they were asked",
                        {{answer.by, "question", "scale", "value", "answers", "of those asked"},
                         {false, false, false, true, true, true},
                         {}},
                        {}};
  for (const CareGroup* group : groups) {
    for (const Satisfaction& one : group->satisfaction) {
      const char* unit = one.kind == "csat" ? "ratio" : one.kind == "nps" ? "percent_points" : "score";
      std::string value = one.value ? FormatNumber(*one.value, unit, true) : "— " + one.needs;
      if (one.value && one.interval) value += Limits(*one.interval, unit);
      section.table.rows.push_back(
          {NameOf(*group), one.kind,
           FormatNumber(one.scale_min, "count", true) + " to " + FormatNumber(one.scale_max, "count", true),
           value, Number(one.answered),
           one.response_interval ? Percent(static_cast<double>(one.answered) / one.asked) +
                                       Limits(*one.response_interval, "ratio")
                                 : "not known"});
    }
  }
  return section;
}

std::string Write(const std::vector<AnswerSection>& sections, Format format, int columns) {
  std::string out;
  for (const AnswerSection& section : sections) {
    if (section.table.rows.empty()) continue;
    if (format == Format::kMarkdown) {
      out += "## " + EscapeMarkdown(section.heading) + "\n\n" + section.table.ToMarkdown() + "\n";
      for (const std::string& sentence : section.sentences) out += EscapeMarkdown(sentence) + "\n\n";
    } else {
      out += Wrapped(section.heading, 0, columns) + section.table.Folded(columns);
      for (const std::string& sentence : section.sentences) out += Wrapped(Visible(sentence), 2, columns);
      out += "\n";
    }
  }
  return out;
}

}  // namespace

std::string CarePaper(const CareAnswer& answer, Format format, int terminal) {
  const int columns = PaperColumns(terminal);
  const GroupsOf groups = Listed(answer);
  std::vector<AnswerSection> sections;
  if (answer.has_conversations) {
    sections.push_back(Answered(answer, groups));
    if (answer.has_messages) sections.push_back(Questions(answer, groups));
    sections.push_back(Times(answer, groups, false));
    if (answer.has_resolution) sections.push_back(Times(answer, groups, true));
    if (!answer.promises.empty()) sections.push_back(Promises(answer, groups));
  }
  if (answer.has_resolution || answer.has_calls) sections.push_back(After(answer, groups));
  if (answer.has_survey) sections.push_back(Content(answer, groups));
  std::string out = Write(sections, format, columns);
  if (format == Format::kText && answer.has_conversations && !answer.has_resolution)
    out += Wrapped("No file says when a conversation was resolved, so nothing is said of it.", 0, columns);
  if (format == Format::kText && groups.size() < answer.groups.size())
    out += Wrapped(Number(static_cast<double>(answer.groups.size() - groups.size())) +
                       " smaller groups stand in --format csv and --json.",
                   0, columns);
  return out;
}

}  // namespace backcast
