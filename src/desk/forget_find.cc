// SPDX-License-Identifier: Apache-2.0
#include "desk/forget_find.h"

#include <algorithm>
#include <charconv>
#include <deque>
#include <set>

#include "compile/compile.h"
#include "desk/forget_words.h"
#include "desk/question.h"
#include "facts/forget_rules.h"
#include "ingest/forgotten.h"
#include "ingest/person.h"

namespace backcast {
namespace {

std::string Ever(const std::string& table) { return QuoteName("ever " + table); }
std::string OwnedTable(const std::string& fact) { return QuoteName("forgotten " + fact); }

std::string Listed(const std::vector<std::int64_t>& keys) {
  std::string list;
  for (const std::int64_t key : keys) list += (list.empty() ? "" : ", ") + std::to_string(key);
  return list.empty() ? "null" : list;
}

bool IsCoded(const std::string& id) {
  return id.size() == 32 && std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

Result<std::vector<std::pair<std::int64_t, std::int64_t>>> Joins(DuckDb& engine, const std::string& where) {
  std::vector<std::pair<std::int64_t, std::int64_t>> joins;
  BACKCAST_TRY(const Table table,
               engine.Run("select distinct person, same_as from " + Ever("identity") +
                          " where person is not null and same_as is not null and person <> "
                          "same_as and (" +
                          where + ") order by 1, 2"));
  for (std::size_t row = 0; row < table.rows; ++row) {
    joins.emplace_back(static_cast<std::int64_t>(table.columns[0].numbers[row]),
                       static_cast<std::int64_t>(table.columns[1].numbers[row]));
  }
  return joins;
}

/// "person in (..) or same_as in (..)" over the person columns of the fact; empty when it has none.
std::string PersonCondition(const Fact& fact, const std::string& keys) {
  std::string condition = fact.id == "person" ? "person_key in (" + keys + ")" : "";
  for (const FactColumn& column : fact.columns) {
    if (column.of != "person") continue;
    condition += (condition.empty() ? "" : " or ") + QuoteName(column.name) + " in (" + keys + ")";
  }
  return condition;
}

/// Rows that belong to a row of another fact: "conversation_id in (select ...)".
std::string BelongsCondition(const Fact& fact, const Schemas& schemas) {
  std::string condition;
  for (const Fact& owner : schemas.all()) {
    const std::string column = OwnedBy(owner);
    const FactColumn* own = column.empty() ? nullptr : fact.Find(column);
    if (own == nullptr || own->type != Type::kLabel) continue;
    if (owner.id != fact.id && OwnedBy(fact) == column) continue;  // the name of a key of its own
    condition += (condition.empty() ? "" : " or ") + QuoteName(column) + " in (select id from " +
                 OwnedTable(owner.id) + ")";
  }
  return condition;
}

/// One of the words standing alone, whatever its case, as a pattern; everything else keeps its place.
std::string WordPattern(const std::vector<std::string>& words) {
  std::string pattern;
  for (const std::string& word : words) {
    if (!pattern.empty()) pattern += '|';
    for (const char c : word) {
      const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         static_cast<unsigned char>(c) >= 0x80;
      if (!plain) pattern += '\\';
      pattern += c;
    }
  }
  return "(?i)(^|[^\\pL\\pN_])(?:" + pattern + ")($|[^\\pL\\pN_])";
}

void Add(std::string& condition, const std::string& more) {
  if (!more.empty()) condition += (condition.empty() ? "" : " or ") + more;
}

/// The person's words in what others wrote, and as a name.
void PlanWords(const Fact& fact, const std::vector<std::string>& words, ForgetEdit& plan) {
  if (words.empty()) return;
  const std::string pattern = QuoteText(WordPattern(words));
  std::string texts;
  for (const std::string& word : words)
    texts += (texts.empty() ? "lower(" : ", lower(") + QuoteText(word) + ")";
  for (const FactColumn& column : fact.columns) {
    const std::string name = QuoteName(column.name);
    const bool in_key = std::find(fact.key.begin(), fact.key.end(), column.name) != fact.key.end();
    if (column.type == Type::kText) {
      Add(plan.reworded, "regexp_matches(" + name + ", " + pattern + ")");
      // Twice: of two such words side by side the first takes the sign between them.
      const auto without = [&](const std::string& from) {
        return "regexp_replace(" + from + ", " + pattern + ", '\\1[forgotten]\\2', 'g')";
      };
      plan.edit.replace.emplace_back(column.name, without(without(name)));
    } else if (column.type == Type::kLabel && !in_key &&
               std::count(NameColumns().begin(), NameColumns().end(), column.name) > 0) {
      const std::string theirs = "lower(" + name + ") in (" + texts + ")";
      Add(plan.reworded, theirs);
      plan.edit.replace.emplace_back(column.name, "case when " + theirs + " then null else " + name + " end");
    }
  }
}

ForgetEdit PlanFact(const Fact& fact, const Schemas& schemas, const std::string& keys,
                    const std::vector<std::string>& words, bool amounts) {
  ForgetEdit plan;
  plan.edit.table = fact.id;
  const std::string theirs = PersonCondition(fact, keys);
  const NamelessRule* rule = amounts ? nullptr : FindNamelessRule(fact.id);
  if (rule == nullptr) {
    Add(plan.goes, theirs);
    Add(plan.goes, BelongsCondition(fact, schemas));
  } else {
    plan.nameless = theirs;
    for (const FactColumn& column : fact.columns) {
      const std::string name = QuoteName(column.name);
      if (column.of == "person") {
        plan.edit.replace.emplace_back(
            column.name, "case when " + name + " in (" + keys + ") then null else " + name + " end");
      } else if (std::count(rule->without.begin(), rule->without.end(), column.name) > 0) {
        plan.edit.replace.emplace_back(column.name,
                                       "case when " + theirs + " then null else " + name + " end");
      }
    }
  }
  PlanWords(fact, words, plan);
  plan.edit.remove = plan.goes;
  Add(plan.edit.touches, plan.goes);
  Add(plan.edit.touches, plan.nameless);
  Add(plan.edit.touches, plan.reworded);
  return plan;
}

/// The ids in the lake's own records: refused cells, names of files and accounts.
ForgetEdit PlanRecords(const RecordColumns& records, const KnownPerson& person) {
  ForgetEdit plan;
  plan.edit.table = records.table;
  for (const std::string& column : records.columns) {
    std::string hit;
    for (const std::string& word : person.words)
      Add(hit, "contains(lower(" + column + "), lower(" + QuoteText(word) + "))");
    for (const std::string& natural : person.naturals)
      Add(hit, "contains(" + column + ", " + QuoteText(natural) + ")");
    if (hit.empty()) continue;
    Add(plan.reworded, hit);
    plan.edit.replace.emplace_back(column,
                                   "case when " + hit + " then '[forgotten]' else " + column + " end");
  }
  plan.edit.touches = plan.reworded;
  return plan;
}

}  // namespace

Result<KnownPerson> FindPerson(Workspace& workspace, const std::string& id, const std::string& salt) {
  DuckDb& engine = workspace.engine();
  std::string where = "\"natural\" = " + QuoteText(PersonId(salt, id));
  if (IsCoded(id)) where += " or \"natural\" = " + QuoteText(id);
  std::int64_t number = 0;
  if (id.starts_with("person:") &&
      std::from_chars(id.data() + 7, id.data() + id.size(), number).ptr == id.data() + id.size() &&
      id.size() > 7)
    where += " or person_key = " + std::to_string(number);
  BACKCAST_TRY(const Table found, engine.Run("select distinct person_key from " + Ever("person") + " where " +
                                             where + " order by 1"));
  std::set<std::int64_t> keys;
  std::deque<std::int64_t> open;
  for (std::size_t row = 0; row < found.rows; ++row) {
    const auto key = static_cast<std::int64_t>(found.columns[0].numbers[row]);
    if (keys.insert(key).second) open.push_back(key);
  }
  KnownPerson person;
  const std::size_t first = keys.size();
  std::set<std::int64_t> shared;
  for (; !open.empty(); open.pop_front()) {
    const std::string key = std::to_string(open.front());
    BACKCAST_TRY(const auto up, Joins(engine, "person = " + key));
    if (up.size() == 1 && keys.insert(up[0].second).second) open.push_back(up[0].second);
    if (up.size() > 1) {
      for (const auto& [from, to] : up) {
        if (!keys.contains(to)) shared.insert(to);
      }
    }
    BACKCAST_TRY(const auto down, Joins(engine, "same_as = " + key));
    for (const auto& [other, to] : down) {
      if (keys.contains(other)) continue;
      BACKCAST_TRY(const auto targets, Joins(engine, "person = " + std::to_string(other)));
      if (targets.size() > 1) {
        shared.insert(other);
      } else {
        keys.insert(other);
        open.push_back(other);
      }
    }
  }
  person.keys.assign(keys.begin(), keys.end());
  person.joined = static_cast<int>(keys.size() - first);
  person.shared = static_cast<int>(shared.size());
  BACKCAST_TRY(const Table naturals,
               engine.Run("select distinct \"natural\" from " + Ever("person") + " where person_key in (" +
                          Listed(person.keys) + ") order by 1"));
  for (std::size_t row = 0; row < naturals.rows; ++row)
    person.naturals.push_back(naturals.columns[0].words[row]);
  return person;
}

Result<std::vector<ForgetEdit>> PlanForgetting(Workspace& workspace, const KnownPerson& person,
                                               bool amounts) {
  const Schemas& schemas = workspace.schemas();
  const std::string keys = Listed(person.keys);
  for (const Fact& fact : schemas.all()) {
    const std::string column = OwnedBy(fact);
    if (column.empty()) continue;
    BACKCAST_CHECK(workspace.engine().Do("create or replace temp table " + OwnedTable(fact.id) +
                                         " as select distinct " + QuoteName(column) + " as id from " +
                                         Ever(fact.id) + " where (" + PersonCondition(fact, keys) + ") and " +
                                         QuoteName(column) + " is not null"));
  }
  std::vector<ForgetEdit> plans;
  for (const Fact& fact : schemas.all()) {
    ForgetEdit plan = PlanFact(fact, schemas, keys, person.words, amounts);
    if (!plan.edit.touches.empty()) plans.push_back(std::move(plan));
  }
  for (const RecordColumns& records : RecordsThatName()) {
    ForgetEdit plan = PlanRecords(records, person);
    if (!plan.edit.touches.empty()) plans.push_back(std::move(plan));
  }
  return plans;
}

Result<std::vector<std::string>> MarksOf(Workspace& workspace, const KnownPerson& person,
                                         const std::string& salt) {
  std::vector<std::string> marks;
  for (const std::string& natural : person.naturals) marks.push_back(ForgottenMark(salt, "person", natural));
  for (const Fact& fact : workspace.schemas().all()) {
    const std::string column = OwnedBy(fact);
    if (column.empty()) continue;
    BACKCAST_TRY(const Table table,
                 workspace.engine().Run("select id from " + OwnedTable(fact.id) + " order by 1"));
    for (std::size_t row = 0; row < table.rows; ++row)
      marks.push_back(ForgottenMark(salt, column, table.columns[0].words[row]));
  }
  return marks;
}

}  // namespace backcast
