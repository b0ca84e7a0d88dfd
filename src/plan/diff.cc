// SPDX-License-Identifier: Apache-2.0
#include "plan/diff.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <unordered_map>

#include "plan/blocks.h"
#include "plan/value_check.h"

namespace backcast {
namespace {

using Kind = PlanChange::Kind;

/// The value on one line.
void Append(const Yaml& value, bool inner, std::string& out) {
  switch (value.kind) {
    case Yaml::Kind::kNull:
      return;
    case Yaml::Kind::kScalar:
      out += value.text;
      return;
    case Yaml::Kind::kList: {
      if (inner) out += '[';
      bool first = true;
      for (const Yaml& item : value.items) {
        if (!first) out += ", ";
        first = false;
        Append(item, true, out);
      }
      if (inner) out += ']';
      return;
    }
    case Yaml::Kind::kMap: {
      out += '{';
      bool first = true;
      for (const Yaml::Entry& entry : value.entries) {
        if (!first) out += ", ";
        first = false;
        out += entry.key + ": ";
        Append(entry.value, true, out);
      }
      out += '}';
    }
  }
}

std::string OneLine(const Yaml* value) {
  std::string out;
  if (value != nullptr) Append(*value, false, out);
  return out;
}

bool SameScalar(const Yaml& left, const Yaml& right) {
  if (left.text == right.text) return true;
  const auto a = left.quoted ? std::nullopt : left.Number(), b = right.quoted ? std::nullopt : right.Number();
  return a && b && *a == *b;
}

bool IsListOfMaps(const Yaml* value) {
  return value != nullptr && value->IsList() &&
         std::any_of(value->items.begin(), value->items.end(), [](const Yaml& item) { return item.IsMap(); });
}

/// All entries are maps with an id.
bool HasIds(const Yaml* value) {
  return IsListOfMaps(value) && std::all_of(value->items.begin(), value->items.end(), [](const Yaml& item) {
           const Yaml* id = item.IsMap() ? item.Find("id") : nullptr;
           return id != nullptr && id->IsScalar();
         });
}

/// The key for which a scalar in place of a block stands.
std::string_view ShortFormOf(const Yaml& block) {
  for (const std::string_view key : {"value", "name"}) {
    if (block.Find(key) != nullptr) return key;
  }
  return "";
}

class Comparison {
 public:
  void Sections(const Yaml& before, const Yaml& after) {
    for (const Yaml::Entry& entry : after.entries) {
      if (entry.key != "plan") Compare(before.Find(entry.key), &entry.value, {entry.key, "", ""});
    }
    for (const Yaml::Entry& entry : before.entries) {
      if (entry.key != "plan" && after.Find(entry.key) == nullptr)
        Compare(&entry.value, nullptr, {entry.key, "", ""});
    }
  }

  std::vector<PlanChange> Take() { return std::move(changes_); }

 private:
  struct Where {
    std::string section, node, key;
    Where Inside(const std::string& name) const {
      if (node.empty() && key.empty()) return {section, node, name};
      return {section, node, key.empty() ? name : key + "." + name};
    }
  };

  void Add(Kind kind, const Yaml* before, const Yaml* after, const Where& where) {
    const auto place = [](const Yaml* value) { return value == nullptr ? Place{} : value->place; };
    changes_.push_back({kind, where.section, where.node, where.key, OneLine(before), OneLine(after),
                        place(before), place(after)});
  }

  /// `before` or `after` may be absent; empty lists, blocks and values are.
  void Compare(const Yaml* before, const Yaml* after, const Where& where) {
    if (IsEmpty(before)) before = nullptr;
    if (IsEmpty(after)) after = nullptr;
    if (before == nullptr && after == nullptr) return;
    if (where.node.empty() && (HasIds(before) || HasIds(after)) && (before == nullptr || HasIds(before)) &&
        (after == nullptr || HasIds(after))) {
      return ById(before, after, where);
    }
    if (where.node.empty() && (IsListOfMaps(before) || IsListOfMaps(after)))
      return Entries(before, after, where);
    const bool map_before = before != nullptr && before->IsMap(),
               map_after = after != nullptr && after->IsMap();
    if (map_before && map_after) return Maps(*before, *after, where);
    if (map_before != map_after && before != nullptr && after != nullptr) {
      const Yaml& map = map_before ? *before : *after;
      const Yaml& other = map_before ? *after : *before;
      const std::string_view key = ShortFormOf(map);
      if (other.IsScalar() && !key.empty()) {
        Yaml full;
        full.kind = Yaml::Kind::kMap;
        full.place = other.place;
        full.entries.push_back({std::string(key), other.place, other});
        return map_before ? Maps(*before, full, where) : Maps(full, *after, where);
      }
    }
    // A block that came or went at the top of the file is told key by key.
    static const Yaml kNothing = [] {
      Yaml nothing;
      nothing.kind = Yaml::Kind::kMap;
      return nothing;
    }();
    if (where.node.empty() && where.key.empty() && (before == nullptr || after == nullptr) &&
        (map_before || map_after)) {
      return Maps(before == nullptr ? kNothing : *before, after == nullptr ? kNothing : *after, where);
    }
    if (before != nullptr && after != nullptr && before->IsScalar() && after->IsScalar() &&
        SameScalar(*before, *after)) {
      return;
    }
    if (before != nullptr && after != nullptr && OneLine(before) == OneLine(after)) return;
    Add(before == nullptr  ? Kind::kAdded
        : after == nullptr ? Kind::kRemoved
                           : Kind::kChanged,
        before, after, where);
  }

  void Maps(const Yaml& before, const Yaml& after, const Where& where) {
    for (const Yaml::Entry& entry : after.entries)
      Below(before.Find(entry.key), &entry.value, entry.key, where);
    for (const Yaml::Entry& entry : before.entries) {
      if (after.Find(entry.key) == nullptr) Below(&entry.value, nullptr, entry.key, where);
    }
  }

  /// A list with ids inside a block is a section of its own: service_review.issues.
  void Below(const Yaml* before, const Yaml* after, const std::string& key, const Where& where) {
    if (where.node.empty() && where.key.empty() && (IsListOfMaps(before) || IsListOfMaps(after)))
      return Compare(before, after, {where.section + "." + key, "", ""});
    Compare(before, after, where.Inside(key));
  }

  /// The n-th entry of an id in one plan is the n-th of that id in the other.
  using Named = std::map<std::pair<std::string_view, int>, const Yaml*>;
  static std::vector<std::pair<std::pair<std::string_view, int>, const Yaml*>> Names(const Yaml* list) {
    std::vector<std::pair<std::pair<std::string_view, int>, const Yaml*>> names;
    if (list == nullptr) return names;
    std::unordered_map<std::string_view, int> seen;
    for (const Yaml& item : list->items) {
      const std::string_view id = item.Find("id")->text;
      names.push_back({{id, seen[id]++}, &item});
    }
    return names;
  }

  void ById(const Yaml* before, const Yaml* after, const Where& where) {
    const auto earlier = Names(before), later = Names(after);
    const Named of_before(earlier.begin(), earlier.end()), of_after(later.begin(), later.end());
    for (const auto& [name, item] : later) {
      const Where node{where.section, std::string(name.first), ""};
      const auto found = of_before.find(name);
      if (found == of_before.end()) {
        Add(Kind::kAdded, nullptr, item, node);
      } else {
        Maps(*found->second, *item, node);
      }
    }
    for (const auto& [name, item] : earlier) {
      if (of_after.count(name) == 0)
        Add(Kind::kRemoved, item, nullptr, {where.section, std::string(name.first), ""});
    }
  }

  /// Entries without ids are the same when they read the same.
  void Entries(const Yaml* before, const Yaml* after, const Where& where) {
    std::map<std::string, int> left;
    const auto each = [](const Yaml* list, const auto& visit) {
      if (list == nullptr) return;
      if (!list->IsList()) return visit(*list);
      for (const Yaml& item : list->items) visit(item);
    };
    each(before, [&](const Yaml& item) { ++left[OneLine(&item)]; });
    each(after, [&](const Yaml& item) {
      const auto found = left.find(OneLine(&item));
      if (found != left.end() && found->second > 0) {
        --found->second;
      } else {
        Add(Kind::kAdded, nullptr, &item, where);
      }
    });
    each(before, [&](const Yaml& item) {
      int& count = left[OneLine(&item)];
      if (count == 0) return;
      --count;
      Add(Kind::kRemoved, &item, nullptr, where);
    });
  }

  std::vector<PlanChange> changes_;
};

int VersionOf(const Yaml& change) {
  const std::optional<double> number = FiniteNumber(change.Find("version"));
  return number && *number >= 0 && *number < 1e9 ? static_cast<int>(*number) : 0;
}

PlanReason ReasonFrom(const Yaml& change) {
  const Yaml* changed = change.Find("changed");
  return {VersionOf(change), change.Text("date"), change.Text("by"), change.Text("because"),
          changed == nullptr ? std::vector<std::string>() : changed->Texts()};
}

std::string TextAt(const Plan& plan, std::string_view path) {
  const Yaml* value = ValueAt(plan.root, path);
  return value == nullptr ? "" : value->text;
}

bool SameGoal(const Goal& a, const Goal& b) {
  return a.baseline == b.baseline && a.target == b.target && a.by == b.by &&
         a.baseline_period == b.baseline_period;
}

}  // namespace

std::string_view ToWord(PlanChange::Kind kind) {
  switch (kind) {
    case Kind::kAdded:
      return "added";
    case Kind::kRemoved:
      return "removed";
    case Kind::kChanged:
      return "changed";
  }
  return "";
}

std::vector<PlanChange> Differences(const Plan& before, const Plan& after) {
  Comparison comparison;
  comparison.Sections(before.root, after.root);
  return comparison.Take();
}

std::vector<PlanReason> ReasonsBetween(const Plan& before, const Plan& after) {
  std::set<std::string> known;
  for (const Yaml* change : Blocks(before.root, "plan.changelog")) known.insert(OneLine(change));
  std::vector<PlanReason> reasons;
  bool current = false;
  for (const Yaml* change : Blocks(after.root, "plan.changelog")) {
    if (known.count(OneLine(change)) > 0) continue;
    reasons.push_back(ReasonFrom(*change));
    current = current || reasons.back().version == after.version;
  }
  const std::string because = TextAt(after, "plan.revised_because");
  if (!current && !because.empty() && because != TextAt(before, "plan.revised_because")) {
    reasons.push_back(
        {after.version, TextAt(after, "plan.revised_on"), TextAt(after, "plan.revised_by"), because, {}});
  }
  return reasons;
}

std::vector<PlanReason> ReasonsOf(const Plan& plan) {
  std::vector<PlanReason> reasons;
  for (const Yaml* change : Blocks(plan.root, "plan.changelog")) reasons.push_back(ReasonFrom(*change));
  const auto first =
      std::min_element(reasons.begin(), reasons.end(),
                       [](const PlanReason& a, const PlanReason& b) { return a.version < b.version; });
  if (first != reasons.end()) reasons.erase(first);
  return reasons;
}

bool Concerns(const PlanReason& reason, std::string_view section, std::string_view node,
              std::string_view key) {
  if (reason.changed.empty()) return true;
  const std::string path = std::string(section) + "." + std::string(node) + "." + std::string(key) + ".";
  const std::string plain = std::string(section) + "." + std::string(key) + ".";
  return std::any_of(reason.changed.begin(), reason.changed.end(), [&](const std::string& word) {
    if (word.empty()) return false;
    const std::string begin = word + ".";
    return word == "all" || word == node || path.starts_with(begin) ||
           (node.empty() && plain.starts_with(begin));
  });
}

std::vector<TargetMove> TargetMoves(const Plan& before, const Plan& after) {
  std::vector<TargetMove> moves;
  const Yaml* valid = ValueAt(before.root, "plan.valid_from");
  const auto add = [&](const std::string& node, const char* section, const std::string& metric, Goal was,
                       const Goal& is, const Outcome* outcome) {
    if (!was.target || SameGoal(was, is)) return;
    TargetMove move{node, section, metric, was, is, PlanDay(valid), was.by};
    if (!move.ends && outcome != nullptr) move.ends = outcome->goal.by;
    const auto period = was.baseline_period  ? was.baseline_period
                        : outcome != nullptr ? outcome->goal.baseline_period
                                             : std::nullopt;
    if (!move.begins && period) move.begins = period->to;
    moves.push_back(std::move(move));
  };
  std::unordered_map<std::string_view, const Outcome*> outcomes;
  for (const Outcome& outcome : before.outcomes) outcomes.emplace(outcome.id, &outcome);
  std::unordered_map<std::string_view, const Kpi*> kpis;
  for (const Kpi& kpi : before.kpis) kpis.emplace(kpi.id, &kpi);
  for (const Outcome& now : after.outcomes) {
    const auto was = outcomes.find(now.id);
    if (was != outcomes.end()) add(now.id, "outcomes", now.metric, was->second->goal, now.goal, nullptr);
  }
  for (const Kpi& now : after.kpis) {
    const auto was = kpis.find(now.id);
    if (was == kpis.end()) continue;
    const auto outcome = outcomes.find(was->second->outcome);
    add(now.id, "kpis", now.metric, was->second->goal, now.goal,
        outcome == outcomes.end() ? nullptr : outcome->second);
  }
  return moves;
}

std::string_view ToWord(Hindsight hindsight) {
  switch (hindsight) {
    case Hindsight::kUnknown:
      return "unknown";
    case Hindsight::kBefore:
      return "before";
    case Hindsight::kBegun:
      return "after_begin";
    case Hindsight::kEnded:
      return "after_end";
  }
  return "";
}

Hindsight HindsightOf(const TargetMove& move, std::optional<Day> moved_on) {
  if (!moved_on) return Hindsight::kUnknown;
  if (move.ends && *moved_on > *move.ends) return Hindsight::kEnded;
  if (!move.begins) return Hindsight::kUnknown;
  return *moved_on >= *move.begins ? Hindsight::kBegun : Hindsight::kBefore;
}

}  // namespace backcast
