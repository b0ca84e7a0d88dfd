// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/journey_words.h"
#include "report/hostile.h"

namespace backcast {
namespace {

AnswerSection Stages(const JourneyAnswer& answer) {
  const bool compared = answer.compare.days() > 0;
  AnswerSection section{"Volumes: what each stage counted, " + ToWords(answer.period) +
                            (compared ? " against " + ToWords(answer.compare) : ""),
                        {{"stage", "now", "before", "of", "rate", "95 %", "before", "change"},
                         {false, true, true, false, true, true, true, false},
                         {}},
                        {}};
  for (std::size_t i = 0; i < answer.volumes.stages.size(); ++i) {
    const CountedStage& stage = answer.volumes.stages[i];
    std::vector<std::string> row = {stage.stage.title, CountText(stage.total.now),
                                    CountText(stage.total.before)};
    const auto step = std::find_if(answer.steps.steps.begin(), answer.steps.steps.end(),
                                   [&](const JourneyStep& one) { return one.whole && one.to == i; });
    if (step == answer.steps.steps.end()) {
      row.insert(row.end(), {"", "", "", "", ""});
    } else {
      row.insert(row.end(), {answer.volumes.stages[step->from].stage.title, RateText(step->now),
                             step->now ? RangeText(step->now->interval) : "—", RateText(step->before),
                             compared ? VerdictText(step->change) : ""});
    }
    section.table.rows.push_back(std::move(row));
  }
  return section;
}

std::vector<AnswerSection> Groups(const JourneyAnswer& answer) {
  std::vector<AnswerSection> sections;
  for (const JourneyStep& whole : answer.steps.steps) {
    if (!whole.whole) continue;
    std::vector<const JourneyStep*> groups;
    for (const JourneyStep& step : answer.steps.steps) {
      if (!step.whole && step.from == whole.from && step.to == whole.to &&
          (step.counts.now.from > 0 || step.counts.before.from > 0))
        groups.push_back(&step);
    }
    if (groups.empty()) continue;
    std::stable_sort(groups.begin(), groups.end(), [](const JourneyStep* a, const JourneyStep* b) {
      return a->counts.now.from > b->counts.now.from;
    });
    const std::string from = answer.volumes.stages[whole.from].stage.title,
                      to = answer.volumes.stages[whole.to].stage.title;
    AnswerSection section{Visible(from) + " to " + Visible(to) + " by " + Visible(answer.by),
                          {{answer.by, "from", "to", "rate", "95 %", "before", "change"},
                           {false, true, true, true, true, true, false},
                           {}},
                          {}};
    for (std::size_t i = 0; i < groups.size() && i < kMostJourneyGroups; ++i) {
      const JourneyStep& step = *groups[i];
      section.table.rows.push_back({GroupText(step.group), CountText(step.counts.now.from),
                                    CountText(step.counts.now.to), RateText(step.now),
                                    step.now ? RangeText(step.now->interval) : "—", RateText(step.before),
                                    answer.compare.days() > 0 ? VerdictText(step.change) : ""});
    }
    if (groups.size() > kMostJourneyGroups)
      section.sentences.push_back(std::to_string(groups.size() - kMostJourneyGroups) +
                                  " smaller ones are in --json.");
    if (whole.mix && whole.change.verdict != StepVerdict::kTooLittle)
      section.sentences.push_back("Of the change of the whole, " + PointsText(*whole.mix) +
                                  " is because others came and " + PointsText(*whole.rate) +
                                  " because each did more.");
    sections.push_back(std::move(section));
  }
  return sections;
}

std::string Written(const AnswerSection& section, Format format) {
  if (format == Format::kMarkdown) {
    std::string out = "## " + EscapeMarkdown(section.heading) + "\n\n" + section.table.ToMarkdown() + "\n";
    for (const std::string& sentence : section.sentences) out += EscapeMarkdown(sentence) + "\n\n";
    return out;
  }
  std::string out = Wrapped(section.heading) + "\n" + section.table.ToText();
  for (const std::string& sentence : section.sentences) out += Wrapped(sentence, 2);
  return out + "\n";
}

/// One table for spreadsheets: a row per step and group of both readings.
std::string Csv(const JourneyAnswer& answer) {
  AnswerTable table{{"reading", "from", "to", "group", "earlier", "later", "rate", "low", "high",
                     "rate_before", "verdict", "median_days", "within_days", "share_within"},
                    {},
                    {}};
  const auto exact = [](double value) { return nlohmann::ordered_json(value).dump(); };
  for (const JourneyStep& step : answer.steps.steps) {
    table.rows.push_back(
        {"volumes", answer.volumes.stages[step.from].stage.id, answer.volumes.stages[step.to].stage.id,
         step.whole ? "" : GroupText(step.group), exact(step.counts.now.from), exact(step.counts.now.to),
         step.now ? exact(step.now->rate) : "",
         step.now && step.now->interval ? exact(step.now->interval->low) : "",
         step.now && step.now->interval ? exact(step.now->interval->high) : "",
         step.before ? exact(step.before->rate) : "", std::string(ToWord(step.change.verdict)), "", "", ""});
  }
  for (const CohortAnswer& cohort : answer.cohorts) {
    for (const CohortGroup& group : cohort.groups) {
      for (std::size_t i = 0; i < group.steps.size(); ++i) {
        const CohortStep& step = group.steps[i];
        if (cohort.unreported[i] || step.began == 0) continue;
        table.rows.push_back(
            {"persons", cohort.cohort.id, cohort.cohort.steps[i].id,
             group.whole ? "" : GroupText(group.group), std::to_string(step.began),
             std::to_string(step.reached), exact(static_cast<double>(step.reached) / step.began),
             exact(step.share.low), exact(step.share.high), "", "",
             step.median && step.median->value ? exact(*step.median->value) : "",
             exact(cohort.cohort.steps[i].within), step.within ? exact(step.within->share) : ""});
      }
    }
  }
  return table.ToCsv();
}

}  // namespace

std::string JourneyPaper(const JourneyAnswer& answer, Format format) {
  if (format == Format::kCsv) return Csv(answer);
  std::string out;
  if (!answer.volumes.stages.empty()) {
    AnswerSection stages = Stages(answer);
    if (std::string open = FillingUp(answer); !open.empty()) stages.sentences.push_back(std::move(open));
    for (const Claim& claim : JourneyClaims(answer)) stages.sentences.push_back(claim.text());
    if (std::string none = NoWeakStep(answer); !none.empty()) stages.sentences.push_back(std::move(none));
    out += Written(stages, format);
    for (const AnswerSection& section : Groups(answer)) out += Written(section, format);
  }
  for (const AnswerSection& section : PersonSections(answer)) out += Written(section, format);
  if (const std::string targeting = ToText(answer.targeting); !targeting.empty() && format == Format::kText)
    out += "Targeted, and of how many nobody can say\n\n" + targeting + "\n";
  std::string missing;
  for (const LeftOutStage& stage : answer.volumes.left_out)
    missing += (missing.empty() ? "" : "; ") + stage.title + " (" + stage.because + ")";
  for (const CohortAnswer& cohort : answer.cohorts) {
    if (!cohort.because.empty())
      missing +=
          (missing.empty() ? "" : "; ") + cohort.cohort.title + ", person by person (" + cohort.because + ")";
  }
  if (!missing.empty()) {
    const std::string sentence = "Without a number: " + missing + ".";
    out += format == Format::kMarkdown ? EscapeMarkdown(sentence) + "\n" : Wrapped(Visible(sentence));
  }
  return out;
}

}  // namespace backcast
