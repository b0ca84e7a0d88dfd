// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/number.h"
#include "desk/journey_answer.h"
#include "desk/journey_table.h"
#include "report/hostile.h"

namespace backcast {
namespace {

constexpr std::size_t kMostGroups = 12;

std::string Number(std::optional<double> value) { return value ? FormatNumber(*value, "count", false) : "—"; }

std::string Percent(double value) { return FormatNumber(value, "ratio", true); }

std::string Range(const std::optional<Interval>& interval) {
  return interval ? Percent(interval->low) + " – " + Percent(interval->high) : "—";
}

std::string RateOr(const std::optional<StepRate>& rate) { return rate ? Percent(rate->rate) : "—"; }

std::string Said(const StepChange& change) {
  switch (change.verdict) {
    case StepVerdict::kBetter:
      return "better";
    case StepVerdict::kWorse:
      return "worse";
    case StepVerdict::kNoDifferenceShown:
      return "no difference shown";
    case StepVerdict::kTooLittle:
      return "too little data";
  }
  return "";
}

std::string NameOf(const std::string& group) { return group.empty() ? "(not said)" : group; }

std::string TimeOf(double days) {
  if (days < 2) return FormatNumber(days * 86400, "seconds", true);
  return FormatNumber(days, "count", true) + " d";
}

/// A table under its own heading.
struct Section {
  std::string heading;
  AnswerTable table;
  std::vector<std::string> sentences;
};

Section Stages(const JourneyAnswer& answer) {
  const bool compared = answer.compare.days() > 0;
  Section section{"Volumes: what each stage counted, " + ToWords(answer.period) +
                      (compared ? " against " + ToWords(answer.compare) : ""),
                  {{"stage", "now", "before", "of", "rate", "95 %", "before", "change"},
                   {false, true, true, false, true, true, true, false},
                   {}},
                  {}};
  for (std::size_t i = 0; i < answer.volumes.stages.size(); ++i) {
    const CountedStage& stage = answer.volumes.stages[i];
    std::vector<std::string> row = {stage.stage.title, Number(stage.total.now), Number(stage.total.before)};
    const auto step = std::find_if(answer.steps.steps.begin(), answer.steps.steps.end(),
                                   [&](const JourneyStep& one) { return one.whole && one.to == i; });
    if (step == answer.steps.steps.end()) {
      row.insert(row.end(), {"", "", "", "", ""});
    } else {
      row.insert(row.end(), {answer.volumes.stages[step->from].stage.title, RateOr(step->now),
                             step->now ? Range(step->now->interval) : "—", RateOr(step->before),
                             compared ? Said(step->change) : ""});
    }
    section.table.rows.push_back(std::move(row));
  }
  return section;
}

std::string Weakest(const JourneyAnswer& answer) {
  if (answer.compare.days() <= 0) return "";
  if (answer.steps.weakest) {
    const JourneyStep& step = answer.steps.steps[*answer.steps.weakest];
    const CountedStage& to = answer.volumes.stages[step.to];
    return "Weakest step: from " + Visible(answer.volumes.stages[step.from].stage.title) + " to " +
           Visible(to.stage.title) + ", " + RateOr(step.before) + " before and " + RateOr(step.now) +
           " now (change " + Range(step.change.interval) + ")." +
           (to.owner.empty() ? "" : " Owner: " + Visible(to.owner) + ".");
  }
  std::string needs;
  for (const JourneyStep& step : answer.steps.steps) {
    if (!step.whole || step.change.verdict != StepVerdict::kTooLittle || step.change.needs.empty()) continue;
    needs += (needs.empty() ? "" : "; ") + Visible(answer.volumes.stages[step.to].stage.title) + ": " +
             step.change.needs;
  }
  return "No step fell by more than chance explains." +
         (needs.empty() ? "" : " Too little data for " + needs + ".");
}

std::vector<Section> Groups(const JourneyAnswer& answer) {
  std::vector<Section> sections;
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
    Section section{Visible(from) + " to " + Visible(to) + " by " + Visible(answer.by),
                    {{answer.by, "from", "to", "rate", "95 %", "before", "change"},
                     {false, true, true, true, true, true, false},
                     {}},
                    {}};
    for (std::size_t i = 0; i < groups.size() && i < kMostGroups; ++i) {
      const JourneyStep& step = *groups[i];
      section.table.rows.push_back({NameOf(step.group), Number(step.counts.now.from),
                                    Number(step.counts.now.to), RateOr(step.now),
                                    step.now ? Range(step.now->interval) : "—", RateOr(step.before),
                                    answer.compare.days() > 0 ? Said(step.change) : ""});
    }
    if (groups.size() > kMostGroups)
      section.sentences.push_back(std::to_string(groups.size() - kMostGroups) +
                                  " smaller ones are in --json.");
    if (whole.mix && whole.change.verdict != StepVerdict::kTooLittle)
      section.sentences.push_back("Of the change of the whole, " + Percent(*whole.mix) +
                                  " is because others came and " + Percent(*whole.rate) +
                                  " because each did more.");
    sections.push_back(std::move(section));
  }
  return sections;
}

std::string MedianText(const CohortStep& step) {
  if (!step.median) return "too few";
  if (!step.median->value) return "not reached";
  return TimeOf(*step.median->value);
}

std::vector<Section> Persons(const JourneyAnswer& answer) {
  std::vector<Section> sections;
  for (const CohortAnswer& cohort : answer.cohorts) {
    if (!cohort.because.empty()) continue;
    const bool grouped = cohort.groups.size() > 1;
    Section section{"Persons: " + Visible(cohort.cohort.title) + " in " + ToWords(answer.period) +
                        ", looked at until " + cohort.extract.substr(0, 10),
                    {{grouped ? answer.by : "step", "began", "there", "share", "95 %", "half after", "within",
                      "share", "95 %"},
                     {false, true, true, true, true, true, true, true, true},
                     {}},
                    {}};
    for (std::size_t i = 0; i < cohort.cohort.steps.size(); ++i) {
      if (cohort.unreported[i]) continue;
      const FollowedStep& followed = cohort.cohort.steps[i];
      std::vector<const CohortGroup*> groups;
      for (const CohortGroup& group : cohort.groups) groups.push_back(&group);
      std::stable_sort(groups.begin() + 1, groups.end(), [&](const CohortGroup* a, const CohortGroup* b) {
        return a->steps[i].began > b->steps[i].began;
      });
      for (std::size_t g = 0; g < groups.size() && g <= kMostGroups; ++g) {
        const CohortStep& step = groups[g]->steps[i];
        const std::string name = groups[g]->whole ? followed.title : "  " + NameOf(groups[g]->group);
        section.table.rows.push_back(
            {name, std::to_string(step.began), std::to_string(step.reached),
             step.began > 0 ? Percent(static_cast<double>(step.reached) / step.began) : "—",
             Range(step.share), MedianText(step), FormatNumber(followed.within, "count", true) + " d",
             step.within ? Percent(step.within->share) : "—",
             step.within ? Range(step.within->interval) : "—"});
      }
      const CohortStep& whole = cohort.groups[0].steps[i];
      if (whole.median_of_reached && whole.open > 0 && whole.reached > 0) {
        section.sentences.push_back(followed.title + ": half of those who are there took " +
                                    TimeOf(whole.median_of_reached->value) + "; " +
                                    Counted(whole.open, "other") + (whole.open == 1 ? " is" : " are") +
                                    " still on the way or never come.");
      }
      if (whole.before_start > 0)
        section.sentences.push_back(followed.title + ": " + std::to_string(whole.before_start) +
                                    " by the file's own dates before they began, taken as at once.");
    }
    sections.push_back(std::move(section));
  }
  return sections;
}

std::string Written(const Section& section, Format format) {
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
         step.whole ? "" : NameOf(step.group), exact(step.counts.now.from), exact(step.counts.now.to),
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
            {"persons", cohort.cohort.id, cohort.cohort.steps[i].id, group.whole ? "" : NameOf(group.group),
             std::to_string(step.began), std::to_string(step.reached),
             exact(static_cast<double>(step.reached) / step.began), exact(step.share.low),
             exact(step.share.high), "", "",
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
    Section stages = Stages(answer);
    if (const std::string weakest = Weakest(answer); !weakest.empty()) stages.sentences.push_back(weakest);
    out += Written(stages, format);
    for (const Section& section : Groups(answer)) out += Written(section, format);
  }
  for (const Section& section : Persons(answer)) out += Written(section, format);
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
