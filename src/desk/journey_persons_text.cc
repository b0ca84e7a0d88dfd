// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/number.h"
#include "desk/journey_words.h"
#include "report/hostile.h"

namespace backcast {
namespace {

std::string MedianText(const CohortStep& step) {
  if (!step.median) return "too few";
  if (!step.median->value) return "not reached";
  return DaysText(*step.median->value);
}

}  // namespace

std::vector<AnswerSection> PersonSections(const JourneyAnswer& answer) {
  std::vector<AnswerSection> sections;
  for (const CohortAnswer& cohort : answer.cohorts) {
    if (!cohort.because.empty()) continue;
    const bool grouped = cohort.groups.size() > 1;
    AnswerSection section{
        "Persons: " + Visible(cohort.cohort.title) + " in " + ToWords(answer.period) + ", looked at until " +
            cohort.extract.substr(0, 10),
        {{grouped ? answer.by : "step", "began", "there", "half after", "within", "95 %", "before", "change"},
         {false, true, true, true, true, true, true, false},
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
      for (std::size_t g = 0; g < groups.size() && g <= kMostJourneyGroups; ++g) {
        const CohortStep &step = groups[g]->steps[i], &before = groups[g]->before[i];
        const std::string name =
            groups[g]->whole ? followed.title + " in " + FormatNumber(followed.within, "count", true) + " d"
                             : "  " + GroupText(groups[g]->group);
        section.table.rows.push_back({name, std::to_string(step.began), std::to_string(step.reached),
                                      MedianText(step), step.within ? ShareText(step.within->share) : "—",
                                      step.within ? RangeText(step.within->interval) : "—",
                                      before.within ? ShareText(before.within->share) : "—",
                                      answer.compare.days() > 0 ? VerdictText(groups[g]->changes[i]) : ""});
      }
      const CohortStep& whole = cohort.groups[0].steps[i];
      if (whole.median_of_reached && whole.open > 0 && whole.reached > 0) {
        section.sentences.push_back(followed.title + ": half of those who are there took " +
                                    DaysText(whole.median_of_reached->value) + "; " +
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

}  // namespace backcast
