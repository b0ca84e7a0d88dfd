// SPDX-License-Identifier: Apache-2.0
#include "base/number.h"
#include "desk/exhibit_parts.h"
#include "desk/tag_words.h"
#include "desk/tagged_visits.h"

namespace backcast {
namespace {

constexpr std::size_t kMostFaults = 6;

Exhibit ExhibitOf(const std::vector<TagFinding>& faults, const TagPicture& picture) {
  Exhibit exhibit = NewExhibit("tags", "backcast utm", {"fault", "spend", "visits", "fix"});
  for (std::size_t i = 0; i < faults.size() && i < kMostFaults; ++i) {
    const TagFinding& fault = faults[i];
    exhibit.rows.push_back(
        {WordsCell(Sentence(fault)),
         picture.currency.empty() ? NumberCell({}, "currency", "spend stands in several currencies")
                                  : NumberCell(fault.spend, picture.currency, ""),
         NumberCell(fault.sessions, "count", "", {}, fault.sessions), WordsCell(Fix(fault))});
  }
  if (faults.size() > kMostFaults)
    exhibit.notes.push_back(Counted(static_cast<std::int64_t>(faults.size() - kMostFaults), "fault") +
                            " with less behind are left out here.");
  return exhibit;
}

}  // namespace

Result<Exhibits> TagExhibits(Workspace& workspace, const Ready& ready, Talk& /*talk*/) {
  Exhibits exhibits;
  // The audit is of all links; a card of one channel or region would seem to have their faults.
  if (!ready.request.filters.empty()) return exhibits;
  BACKCAST_TRY(const TagPicture picture, ReadTagPicture(workspace, ready));
  const std::vector<TagFinding> faults = AuditTags(picture.visits, picture.campaigns);
  if (!faults.empty()) exhibits.exhibits.push_back(ExhibitOf(faults, picture));
  return exhibits;
}

}  // namespace backcast
