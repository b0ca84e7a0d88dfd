// SPDX-License-Identifier: Apache-2.0
// The canonical facts as data: what comes in is catalogue/facts/*.yaml, what goes out is Schemas.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "facts/table.h"

namespace backcast {

/// How values of a column may be put together; written behind the type: `count unique`, `count stock`.
enum class Adding : std::uint8_t {
  kAdds,    ///< sums over rows
  kUnique,  ///< people counted once by the platform; never added, not even over days or accounts
  kStock,   ///< a level at a moment (followers): adds over accounts, the last value counts over days
};

struct FactColumn {
  std::string name;
  Type type = Type::kText;
  Adding adding = Adding::kAdds;
  std::string
      of;  ///< kCode: the dimension whose ids it holds ("post"); kMoney: always with a `currency` column
  std::string note;  ///< one line for people: meaning, unit
};

/// One canonical table. A dimension has a dense integer `<id>_key` and a text `natural` (the id it stands
/// for, unique); facts refer to it with a kCode column. Every table also has source VARCHAR, load_id BIGINT,
/// line BIGINT: lineage.
struct Fact {
  std::string id;     ///< "post_day"
  std::string grain;  ///< "post x day x paid"
  std::string note;
  bool is_dimension = false;
  bool is_reference =
      false;        ///< looked up by rows of other facts: its days do not say how far the data reach
  std::string day;  ///< the kDay column that partitions by month; empty for dimensions and undated facts
  std::string
      asked_by;  ///< the kDay column by which a period chooses rows; `day` unless the YAML says otherwise
  std::string latest;  ///< a kDay column of the key: only the latest row of each rest of the key counts
  std::string differences_of;  ///< a fact of lifetime counters whose differences are rows of this one too
  std::string reported_by;     ///< a fact of ad spend that has some of these cost lines already
  /// Columns by which reports of the same days are cut in different ways; the label column `breakdown` says
  /// for every row how its report was. A question counts one cut only; where it asks for nothing else, one
  /// that has the first of these columns.
  std::vector<std::string> cut_by;
  std::vector<std::string> cut_within;  ///< columns that name whose report it is
  std::vector<std::string> key;         ///< natural key; a second row with the same key replaces the first
  std::vector<FactColumn> columns;

  const FactColumn* Find(std::string_view name) const;
};

/// All canonical tables, by id.
class Schemas {
 public:
  /// Reads the facts that ship with the program. Errors: kInternal, they are checked by the tests.
  static Result<Schemas> Shipped();
  /// Reads facts from YAML text. Errors: kInput with file:line:column.
  static Result<Schemas> Parse(std::string_view yaml, std::string_view file);

  const Fact* Find(std::string_view id) const;
  std::span<const Fact> all() const { return facts_; }

 private:
  std::vector<Fact> facts_;
};

/// The label column that says how a report was cut: names of columns with commas between, and kByPeriod when
/// the row stands for more than its day.
inline constexpr std::string_view kBreakdown = "breakdown";
inline constexpr std::string_view kByPeriod = "period";

/// "BIGINT", "DECIMAL(18,4)", ...: the type's name in the lake.
std::string_view SqlType(Type type);

/// Columns that every table has beside its own: which source and load a row came from, and its line in the
/// file.
inline constexpr std::string_view kLineage[] = {"source", "load_id", "line"};

}  // namespace backcast
