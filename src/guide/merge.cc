// SPDX-License-Identifier: Apache-2.0
#include "guide/merge.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace backcast {
namespace {

using Kind = Block::Kind;

bool IsScalar(const Block& block) { return block.kind == Kind::kText || block.kind == Kind::kPlain; }

/// Nothing, or only comments.
bool IsGone(const Block* block) { return block == nullptr || block->kind == Kind::kNothing; }

/// The same values, whatever the comments, the quotes and the order of keys.
bool Same(const Block* left, const Block* right) {
  if (IsGone(left) || IsGone(right)) return IsGone(left) && IsGone(right);
  if (IsScalar(*left) && IsScalar(*right)) return left->text == right->text;
  if (left->kind != right->kind || left->items.size() != right->items.size() ||
      left->entries.size() != right->entries.size())
    return false;
  for (std::size_t i = 0; i < left->items.size(); ++i) {
    if (!Same(&left->items[i], &right->items[i])) return false;
  }
  return std::all_of(left->entries.begin(), left->entries.end(),
                     [&](const auto& entry) { return Same(&entry.second, right->Find(entry.first)); });
}

/// What tells one entry of a list from the others: its id, or what is not measured. Empty: only its place
/// does.
std::string NameOf(const Block& entry) {
  if (entry.kind != Kind::kMap) return "";
  for (const std::string_view key : {"id", "what"}) {
    if (const Block* name = entry.Find(key)) return name->text;
  }
  return "";
}

using Names = std::map<std::string, const Block*>;

/// The entries of a list by name; nothing when a name is missing or stands twice.
std::optional<Names> ByName(const Block* list) {
  Names entries;
  if (IsGone(list)) return entries;
  if (list->kind != Kind::kList) return std::nullopt;
  for (const Block& entry : list->items) {
    const std::string name = NameOf(entry);
    if (name.empty() || !entries.emplace(name, &entry).second) return std::nullopt;
  }
  return entries;
}

const Block* At(const Names& entries, const std::string& name) {
  const auto found = entries.find(name);
  return found == entries.end() ? nullptr : found->second;
}

const Block* FindIn(const Block* map, const std::string& key) {
  return map == nullptr ? nullptr : map->Find(key);
}

Block Merged(const Block* base, const Block* plan, const Block* now);

Block MergedMap(const Block* base, const Block& plan, const Block& now) {
  Block map = Block::Map();
  map.comments = now.comments;
  std::vector<std::string> keys;
  for (const auto& [key, value] : plan.entries) keys.push_back(key);
  for (const auto& [key, value] : now.entries) {
    if (plan.Find(key) == nullptr) keys.push_back(key);
  }
  for (const std::string& key : keys) {
    Block value = Merged(FindIn(base, key), plan.Find(key), now.Find(key));
    if (value.kind != Kind::kNothing || !value.comments.empty())
      map.entries.emplace_back(key, std::move(value));
  }
  return map;
}

/// Entries in the plan's order, then those that are new.
Block MergedList(const Names& was, const Block& plan, const Names& wanted, const Block& now) {
  Block list = Block::List();
  list.comments = now.comments;
  std::set<std::string> written;
  for (const Block& entry : plan.items) {
    const std::string name = NameOf(entry);
    written.insert(name);
    Block merged = Merged(At(was, name), &entry, At(wanted, name));
    if (merged.kind != Kind::kNothing) list.items.push_back(std::move(merged));
  }
  for (const Block& entry : now.items) {
    if (written.count(NameOf(entry)) == 0) list.items.push_back(entry);
  }
  return list;
}

Block Merged(const Block* base, const Block* plan, const Block* now) {
  // What the plan lacks is proposed; what an answer took away goes.
  if (IsGone(plan)) return now == nullptr ? Block() : *now;
  if (IsGone(now)) {
    Block kept = Same(base, now) ? *plan : Block();
    if (now != nullptr) kept.comments = now->comments;
    return kept;
  }
  if (plan->kind == Kind::kMap && now->kind == Kind::kMap) return MergedMap(base, *plan, *now);
  const auto was = ByName(base), written = ByName(plan), wanted = ByName(now);
  if (was && written && wanted) return MergedList(*was, *plan, *wanted, *now);
  Block kept = Same(base, now) ? *plan : *now;
  kept.comments = now->comments;
  return kept;
}

}  // namespace

Block MergePlan(const Block& base, const Yaml& plan, const Block& now) {
  const Block written = Block::From(plan);
  return MergedMap(&base, written, now);
}

}  // namespace backcast
