// SPDX-License-Identifier: Apache-2.0
#include "plan/ids.h"

#include <algorithm>

#include "base/nearest.h"
#include "plan/driver_trees.h"

namespace backcast {

std::string Suggester::Suggest(std::string_view word, const std::vector<std::string>& known) {
  constexpr std::size_t kEnough = 4'000'000;  // pairs of characters
  if (work_ > kEnough || word.size() < 3 || word.size() > 80) return "";
  work_ += 16 + word.size() * word.size() / 4 * known.size();
  return DidYouMean(word, known);
}

Ids::Ids(const Yaml& root, const Shapes& shapes) : shapes_(shapes) {
  for (const std::vector<std::string>& space : shapes.name_spaces()) {
    for (const std::string& kind : space) space_of_[kind] = space.front();
  }
  for (const DriverTree& tree : DriverTreeSet::Shipped().all()) by_kind_["tree"].emplace(tree.id, Place{});
  if (const Shape* file = shapes.Find("file")) Collect(root, *file, 0);
}

void Ids::Collect(const Yaml& map, const Shape& shape, int depth) {
  if (depth > 4) return;
  for (const ShapeKey& key : shape.keys) {
    const Yaml* value = map.Find(key.name);
    if (value == nullptr) continue;
    if (!key.ids.empty()) {
      for (const Yaml& item : value->items) {
        if (const Yaml* id = item.Find("id"); id != nullptr && id->IsScalar()) Register(key.ids, *id);
      }
    }
    for (const Form& form : key.forms) {
      const Shape* inner = form.kind == Form::Kind::kShape ? shapes_.Find(form.shape) : nullptr;
      if (inner != nullptr && value->IsMap()) Collect(*value, *inner, depth + 1);
    }
  }
}

void Ids::Register(const std::string& kind, const Yaml& id) {
  by_kind_[kind].emplace(id.text, id.place);
  const auto space = space_of_.find(kind);
  auto& known = space == space_of_.end() ? by_space_["only " + kind] : by_space_[space->second];
  const auto [first, is_new] = known.emplace(id.text, id.place);
  if (!is_new) repeats_.push_back({id.text, kind, id.place, first->second});
}

bool Ids::Has(std::string_view kind, std::string_view id) const {
  const auto known = by_kind_.find(kind);
  return known != by_kind_.end() && known->second.count(id) > 0;
}

bool Ids::Empty(std::string_view kind) const { return by_kind_.find(kind) == by_kind_.end(); }

std::vector<std::string> Ids::Of(const std::vector<std::string>& kinds) const {
  std::vector<std::string> ids;
  for (const std::string& kind : kinds) {
    const auto known = by_kind_.find(kind);
    if (known == by_kind_.end()) continue;
    for (const auto& [id, place] : known->second) ids.emplace_back(id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace backcast
