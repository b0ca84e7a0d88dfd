// SPDX-License-Identifier: Apache-2.0
// The fields of a stretch of records, column by column. Comes in: records and a bound mapping; goes out: for
// every field one text per record, empty where it is missing.
#pragma once

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/binding.h"
#include "ingest/mapping.h"
#include "ingest/records.h"

namespace re2 {
class RE2;
}

namespace backcast {

using Words = std::map<std::string, std::string, std::less<>>;

class RowFields {
 public:
  /// `known` holds the words for the whole file ("$account"); mapping and binding must outlive the object.
  RowFields(const Mapping& mapping, const Binding& binding, Words known, std::string salt);
  ~RowFields();

  /// Turns to the next records; the batch must stay as it is until the next call.
  void Load(const RecordBatch& batch);
  /// One text per record; views stay valid until the next Load().
  const std::vector<std::string_view>& Cells(int field);
  /// Whether the file can fill the field at all.
  bool Offered(int field) const { return offered_[static_cast<std::size_t>(field)]; }
  /// Whether the field is the same word in every row.
  bool IsSame(int field) const;
  /// One answer per record.
  std::vector<char> Holds(const Predicate& predicate);

 private:
  using Cache = std::unordered_map<std::string, std::string>;
  void FindOffered();
  void Make_(int field, std::vector<std::string_view>& cells);
  std::string NamesOf(const Field& field) const;
  void MakeColumn(int field, std::vector<std::string_view>& cells);
  void MakeText(const Field& field, std::vector<std::string_view>& cells);
  void MakeJoin(const Field& field, std::vector<std::string_view>& cells);
  void MakeFirst(const Field& field, std::vector<std::string_view>& cells);
  void MakeEach(int field, std::vector<std::string_view>& cells);
  void MakeWhen(const Field& field, std::vector<std::string_view>& cells);
  void MakeOnly(const Field& field, std::vector<std::string_view>& cells);
  void MakeLineNumbers(int field, std::vector<std::string_view>& cells);
  void MakeDays(const Field& field, std::vector<std::string_view>& cells);
  void MakeQualified(const Field& field, std::vector<std::string_view>& cells);
  void Carry(int field, std::vector<std::string_view>& cells);
  std::string Change(const Field& field, std::size_t index, std::string_view cell) const;
  std::string_view Keep(std::string text);

  const Mapping& mapping_;
  const Binding& binding_;
  Words known_;
  std::string salt_;
  const RecordBatch* batch_ = nullptr;
  std::vector<char> offered_;
  std::vector<char> made_;
  std::vector<std::vector<std::string_view>> cells_;
  std::deque<std::string> texts_;  ///< of this batch
  std::vector<Cache> caches_;      ///< per field: what a cell became, for steps that are slow
  std::vector<std::unique_ptr<re2::RE2>> patterns_;
  struct Counter {
    std::string word;
    std::int64_t count = 0;
  };
  std::vector<Counter> counters_;         ///< per field
  std::vector<std::string> carried_;      ///< per field: its last cell that was there
  std::vector<std::string> carried_for_;  ///< per field: the `carry_by` of that cell
};

}  // namespace backcast
