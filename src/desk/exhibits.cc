// SPDX-License-Identifier: Apache-2.0
#include "desk/exhibits.h"

#include <algorithm>

#include "desk/exhibit_parts.h"

namespace backcast {

Exhibit NewExhibit(std::string id, std::string command, std::initializer_list<const char*> columns) {
  Exhibit exhibit;
  exhibit.id = std::move(id);
  exhibit.command = std::move(command);
  for (const char* column : columns) exhibit.columns.push_back({column, ""});
  return exhibit;
}

ExhibitCell WordsCell(std::string words) { return {std::move(words), {}}; }

std::string WithBlanks(std::string_view word) {
  std::string words(word);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

ExhibitCell NumberCell(const std::optional<double>& value, const std::string& unit,
                       const std::string& why_not, const std::optional<Interval>& interval,
                       std::optional<double> n) {
  Value number;
  number.unit = unit;
  number.basis = "period";
  number.state = !value ? State::kNotOffered : *value == 0 ? State::kZero : State::kValue;
  number.value = value;
  if (n) number.n = static_cast<std::int64_t>(*n);
  if (value && interval) {
    number.low = interval->low;
    number.high = interval->high;
  }
  if (!value) number.reason = why_not;
  return {"", {number}};
}

ExhibitCell CostCell(const CostPer& per, const std::string& currency) {
  ExhibitCell cell = NumberCell(per.value, currency, per.why_not, per.interval, static_cast<double>(per.n));
  if (!per.value) {
    cell.number[0].state = per.withheld  ? State::kWithheld
                           : per.too_few ? State::kTooLittleData
                                         : State::kNotOffered;
  }
  return cell;
}

Result<Done> AddExhibits(Workspace& workspace, const Ready& ready, Talk& talk, Scorecard& card) {
  for (const auto read : {JourneyExhibits, CostExhibits, CreditExhibits, ClaimExhibits, ContentExhibits,
                          CareExhibits, TalkExhibits, CreatorExhibits, AudienceExhibits, TagExhibits}) {
    auto part = read(workspace, ready, talk);
    if (!part.ok()) {
      const Code code = part.error().code;
      if (code == Code::kUnavailable || code == Code::kInterrupted) return part.error();
      continue;
    }
    Exhibits& read_ones = part.value();
    for (Exhibit& exhibit : read_ones.exhibits) card.exhibits.push_back(std::move(exhibit));
    card.sql.insert(card.sql.end(), read_ones.sql.begin(), read_ones.sql.end());
  }
  return Done{};
}

}  // namespace backcast
