// SPDX-License-Identifier: Apache-2.0
// A mapping says how the rows of one export layout become rows of canonical facts. It is data: comes in as
// catalogue/sources/<id>/mapping.yaml, goes out as a Mapping in which every name is resolved.
//
// Everything a row offers is a *field*: a column of the file (found by its header in any of the listed
// spellings), a word known for the whole file ($account, $from, $to, $observed, $currency, $year, or a
// capture), or a value made from fields before it. A fact's columns take their cells from fields; their types
// come from the facts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "facts/schema.h"
#include "ingest/cells.h"

namespace backcast {

/// How the cells of a column are written, beside what can be seen in them.
struct CellForm {
  std::vector<std::string> nulls;                 ///< words that mean "not available", beside the empty cell
  std::optional<NumberStyle> style;               ///< given; otherwise guessed from the column
  std::optional<DateFormat::Order> date_order;    ///< where no date of the file tells day and month apart
  std::optional<DateFormat::Serial> date_serial;  ///< of bare numbers
  std::optional<PercentKind> percent;             ///< the column is a share
  std::string zone;                               ///< IANA zone of times without an offset; empty = UTC
  double scale = 1;                               ///< cell x scale = value: micros, hours
  bool duration = false;                          ///< h:mm:ss and the like, becomes seconds
  bool missing_is_zero = false;                   ///< `missing_means: zero`
};

/// How a field that is no column is made. Fields are named by their index in Mapping::fields.
enum class Make : std::uint8_t {
  kColumn,      ///< a column of the file
  kKnown,       ///< one word for the whole file: a capture or an option
  kLine,        ///< `$line`: the row's line in the file, for layouts without any id
  kConstant,    ///< `{value: word}`
  kText,        ///< `{text: "x:{post_id}"}`; missing when any part is
  kJoin,        ///< `{join: [a, b], with: "/"}`; of the parts that are there
  kFirst,       ///< `[a, b]`: the first that is there
  kWords,       ///< `{map: a, by: channels | {..}, otherwise: word | same}`
  kPerson,      ///< `{person: [email, id]}`: keyed hash of the first that is there
  kMask,        ///< `{mask: a}`: e-mail addresses and phone numbers out
  kMatch,       ///< `{match: a, pattern: "(..)"}`: the first group
  kWhen,        ///< `{when: predicate, then: word, else: word}`
  kLineNumber,  ///< `{count_within: a}`: 1, 2, 3 while consecutive rows hold the same a
  kCurrency,    ///< `{currency_of: a}`: the currency written in the column's header
  kOnly,        ///< `{only: a, if: predicate}`: a where the predicate holds
  kDaysAfter,   ///< `{days_after: a, of: $from}`: the day that comes a days after another
  kNames,  ///< `{names_of: [a, b], by: day}`: names of those that the file has; without a day "period" first
  kQualify,  ///< `{qualify: id, with: platform}`: "platform:id" unless it begins so
};

/// A question about the fields of one row.
struct Predicate {
  enum class Kind : std::uint8_t {
    kNever,
    kIs,
    kBegins,
    kContains,
    kEmpty,
    kPresent,
    kDiffer,  ///< both fields are there and are not the same text
    kAll,
    kAny,
    kNot
  };
  Kind kind = Kind::kNever;
  std::vector<int>
      fields;  ///< words: one of them fits; kEmpty: all that the file has are empty; kPresent: all are there
  std::vector<std::string> words;  ///< case-folded
  std::vector<Predicate> parts;    ///< of kAll, kAny, kNot
};

struct Field {
  std::string id;
  Make make = Make::kColumn;
  std::vector<std::string> names;  ///< kColumn: spellings of the header, normalised
  int occurrence = 1;              ///< kColumn: "Views#2" is the second column of that name
  CellForm form;
  std::vector<int> from;            ///< fields this one is made of, all before it
  std::vector<std::string> pieces;  ///< kText: literals around the fields; kJoin: the separator
  int by = -1;                      ///< kNames: the field without which a row stands for several days
  std::string
      text;  ///< kConstant, kWords' and kWhen's otherwise, kMatch's pattern, kWhen's then in pieces[0]
  std::map<std::string, std::string, std::less<>> words;  ///< kWords: case-folded word -> word
  bool keep_unknown = false;                              ///< kWords: `otherwise: same`
  std::optional<Predicate> when;                          ///< kWhen, kOnly
};

/// A column of a fact and what fills it. Of several targets for one column the first that the file offers is
/// taken.
struct Target {
  enum class Kind : std::uint8_t { kField, kSum, kDifference, kProduct };
  std::size_t column = 0;  ///< index among the staged columns
  Kind kind = Kind::kField;
  std::vector<int> fields;  ///< one for kField; kDifference: first minus the others that are there
};

/// One fact filled from each row that `when` admits. Several may fill the same fact (organic and paid).
struct Fill {
  std::string fact;
  std::optional<Predicate> when;
  std::vector<Target> targets;
  bool add_repeats = false;  ///< `repeats: add`: rows of one file that share a key are added up
};

/// What to do with rows that are no data.
struct RowRule {
  enum class Kind : std::uint8_t {
    kTotals,  ///< not a row; compared with the sum of the rows
    kSkip,    ///< not a row; counted in a remark
    kRefuse,  ///< a row that cannot be kept; goes to the quarantine
  };
  Kind kind = Kind::kSkip;
  Predicate when;
  std::string reason;               ///< of kSkip and kRefuse
  std::vector<std::string> check;   ///< of kTotals: columns of the main fact that must add up
  std::vector<std::string> broken;  ///< of kTotals: words in a line that is too long or too short to be a row
};

/// A sentence on the receipts of this layout.
struct Remark {
  std::string say;
  int with = -1;                  ///< only when the file has this column
  int without = -1;               ///< only when it has not
  std::optional<Predicate> when;  ///< only when some row of data answers yes
};

/// Where the words for the whole file come from when the user did not give them.
struct Sibling {
  std::string file;    ///< name of another file in the same folder
  std::string column;  ///< its column of days: the first is $from, the last $to
};

struct Mapping {
  std::string id;
  std::string title;
  std::string platform;
  std::string counter;                     ///< daily, lifetime, rolling or unique
  std::vector<std::string> file_names;     ///< RE2 with named groups, against "folder/file"
  std::vector<std::string> preamble;       ///< RE2 with named groups, against each title line
  std::vector<std::vector<int>> required;  ///< columns; of each inner list one must be there
  std::vector<Field> fields;
  std::vector<int> telling;  ///< columns that only this platform has: evidence like a file name
  std::vector<std::string>
      foreign;  ///< headers that this platform never writes, as in `ignored`: the file is another's
  std::vector<std::string>
      ignored;  ///< headers known and left out on purpose, normalised; "billing *" is a beginning
  std::vector<RowRule> rows;
  std::vector<Fill> fills;
  std::vector<Remark> remarks;
  std::vector<int> carry;  ///< fields that later lines of the same `carry_by` leave empty
  int carry_by = -1;
  std::optional<Sibling> sibling;
  double trust = 1;  ///< below 1 for layouts that are generated, so that a named one wins

  std::string main_fact;  ///< the one a person would name: the first that is no dimension

  const Field* Find(std::string_view name) const;
};

/// Name of a header cell for comparing: Unicode case, form, blanks, quotes and dashes evened out, byte order
/// mark and a currency in brackets removed. "Amount  spent (USD)" -> "amount spent", currency "USD".
struct HeaderName {
  std::string name;
  std::string currency;  ///< ISO code, empty when none was written
};
HeaderName ReadHeaderName(std::string_view cell);
/// Case-folded, normalised, trimmed text with single blanks, none around "/", and plain quotes and dashes.
std::string FoldText(std::string_view text);

/// The staged columns of a fact: for a dimension `natural` first, then the fact's own; `line` is not among
/// them.
std::vector<FactColumn> StagedColumns(const Fact& fact);

/// Word lists that several mappings share (catalogue/words.yaml): name -> case-folded word -> word.
using WordLists = std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;
/// Errors: kInput with file:line:column.
Result<WordLists> ParseWordLists(std::string_view yaml, std::string_view file);

/// Reads one mapping. Errors: kInput with file:line:column and, for an unknown name, the nearest known one.
Result<Mapping> ParseMapping(std::string_view yaml, std::string_view file, const Schemas& schemas,
                             const WordLists& lists);

/// The layout of a file made by hand whose headers are exactly the fact's columns; id "backcast_<fact>".
Mapping MappingOfFact(const Fact& fact);

/// All layouts the program knows.
class Sources {
 public:
  /// Those that ship with the program, and one per fact. Errors: kInternal.
  static Result<Sources> Shipped(const Schemas& schemas);
  /// Adds a mapping; one of the same id is replaced.
  void Add(Mapping mapping);

  const Mapping* Find(std::string_view id) const;
  std::span<const Mapping> all() const { return mappings_; }

 private:
  std::vector<Mapping> mappings_;
};

}  // namespace backcast
