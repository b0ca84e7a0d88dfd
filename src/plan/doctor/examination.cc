// SPDX-License-Identifier: Apache-2.0
#include "plan/doctor/examination.h"

#include "plan/blocks.h"

namespace backcast {

Examination::Examination(const Plan& examined, std::span<const Metric> all_metrics, Day day)
    : plan(examined), metrics(all_metrics), today(day) {
  for (const Metric& metric : metrics) metric_by_id.emplace(metric.id, &metric);
  for (const Person& person : plan.team) person_by_id.emplace(person.id, &person);
  for (const Outcome& outcome : plan.outcomes) outcome_by_id.emplace(outcome.id, &outcome);
  const auto see = [this](const auto& nodes, std::string_view path, auto& seen, auto metric_of) {
    const std::vector<const Yaml*> blocks = Blocks(plan.root, path);
    for (std::size_t i = 0; i < nodes.size() && i < blocks.size(); ++i) {
      seen.push_back({nodes[i], *blocks[i], FindMetric(metric_of(nodes[i]))});
    }
  };
  see(plan.outcomes, "outcomes", outcomes, [](const Outcome& node) { return std::string_view(node.metric); });
  see(plan.kpis, "kpis", kpis, [](const Kpi& node) { return std::string_view(node.metric); });
  see(plan.tactics, "tactics", tactics, [](const Tactic&) { return std::string_view(); });
}

const Metric* Examination::FindMetric(std::string_view id) const {
  const auto found = metric_by_id.find(id);
  return found == metric_by_id.end() ? nullptr : found->second;
}

const Person* Examination::FindPerson(std::string_view id) const {
  const auto found = person_by_id.find(id);
  return found == person_by_id.end() ? nullptr : found->second;
}

const Outcome* Examination::FindOutcome(std::string_view id) const {
  const auto found = outcome_by_id.find(id);
  return found == outcome_by_id.end() ? nullptr : found->second;
}

bool Examination::Influences(std::string_view person, const WordSet& areas) const {
  const Person* found = FindPerson(person);
  if (found == nullptr) return false;
  for (const std::string& influence : found->influences) {
    if (areas.count(influence) > 0) return true;
  }
  return false;
}

std::vector<const Yaml*> Examination::Drives() const {
  return ScalarsOf(ValueAt(plan.root, "culture.driven_by"));
}

void Report::WithSuggestion(const Said& said, const Place& place, std::string_view node,
                            std::string_view word, const std::vector<std::string>& known) const {
  (*this)(said, place, node);
  std::string meant = suggester_.Suggest(word, known);
  if (meant.empty()) return;
  meant[0] = 'D';  // "did you mean": begins the sentence here
  findings_.back().fix = meant + " " + findings_.back().fix;
}

Place PlaceOf(const Yaml& block, std::string_view path) {
  Place place = block.place;
  const Yaml* value = &block;
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    value = value->Find(path.substr(0, dot));
    if (value == nullptr || value->IsNull()) break;
    place = value->place;
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return place;
}

std::string NameOf(const Yaml& block, std::string_view kind) {
  const std::string id = block.Text("id");
  return id.empty() ? "the " + std::string(kind) + " in line " + std::to_string(block.place.line)
                    : Shortened(id);
}

std::vector<const Yaml*> ScalarsOf(const Yaml* value) {
  std::vector<const Yaml*> scalars;
  if (value == nullptr) return scalars;
  if (value->IsScalar()) scalars.push_back(value);
  for (const Yaml& item : value->items) {
    if (item.IsScalar()) scalars.push_back(&item);
  }
  return scalars;
}

}  // namespace backcast
