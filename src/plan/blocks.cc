// SPDX-License-Identifier: Apache-2.0
#include "plan/blocks.h"

#include <algorithm>

namespace backcast {

const Yaml* ValueAt(const Yaml& root, std::string_view path) {
  const Yaml* value = &root;
  while (value != nullptr && !path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    value = value->Find(path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return value;
}

std::vector<const Yaml*> Blocks(const Yaml& root, std::string_view path) {
  std::vector<const Yaml*> blocks;
  if (const Yaml* list = ValueAt(root, path)) {
    for (const Yaml& item : list->items) {
      if (item.IsMap()) blocks.push_back(&item);
    }
  }
  return blocks;
}

bool IsEmpty(const Yaml* value) {
  if (value == nullptr) return true;
  switch (value->kind) {
    case Yaml::Kind::kNull:
      return true;
    case Yaml::Kind::kScalar:
      return value->text.empty();
    case Yaml::Kind::kList:
      return value->items.empty();
    case Yaml::Kind::kMap:
      return value->entries.empty();
  }
  return true;
}

}  // namespace backcast
