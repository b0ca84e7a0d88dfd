// SPDX-License-Identifier: Apache-2.0
#include "guide/answer_tree.h"

#include <algorithm>

#include "plan/blocks.h"

namespace backcast {

Yaml EmptyMap() {
  Yaml map;
  map.kind = Yaml::Kind::kMap;
  return map;
}

void Put(Yaml& map, std::string_view key, Yaml value) {
  map.entries.push_back({std::string(key), {}, std::move(value)});
}

void PutText(Yaml& map, std::string_view key, std::string_view text) {
  Yaml value;
  value.kind = Yaml::Kind::kScalar;
  value.text = text;
  Put(map, key, std::move(value));
}

const Yaml* Written(const Yaml& entry, std::string_view path) {
  if (const Yaml* value = ValueAt(entry, path)) return value;
  if (!path.ends_with(".value")) return nullptr;
  const Yaml* value = ValueAt(entry, path.substr(0, path.size() - 6));
  return value != nullptr && value->IsScalar() ? value : nullptr;
}

bool IsSame(const Yaml& left, const Yaml& right) {
  if (left.kind != right.kind || left.text != right.text || left.items.size() != right.items.size() ||
      left.entries.size() != right.entries.size())
    return false;
  for (std::size_t i = 0; i < left.items.size(); ++i) {
    if (!IsSame(left.items[i], right.items[i])) return false;
  }
  return std::all_of(left.entries.begin(), left.entries.end(), [&](const Yaml::Entry& entry) {
    const Yaml* other = right.Find(entry.key);
    return other != nullptr && IsSame(entry.value, *other);
  });
}

}  // namespace backcast
