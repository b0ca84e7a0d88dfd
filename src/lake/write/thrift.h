// SPDX-License-Identifier: Apache-2.0
// Thrift's compact protocol, as far as the headers and the footer of a Parquet file need it: writing only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace backcast {

/// An unsigned number in groups of seven bits, least first.
void AppendVarint(std::uint64_t value, std::string& out);

/// Writes one value after the other; fields of a struct go in by ascending number.
class ThriftWriter {
 public:
  explicit ThriftWriter(std::string& out) : out_(out) {}

  void Integer(int field, std::int32_t value) { Number(field, kI32, value); }
  void Long(int field, std::int64_t value) { Number(field, kI64, value); }
  void Flag(int field, bool value) { Head(field, value ? kTrue : kFalse); }
  void Bytes(int field, std::string_view value);

  /// A struct, or a union of one member, in a field.
  void Begin(int field);
  void End();
  /// The struct that is the whole value, or an element of a list of structs; closed by End().
  void BeginElement() { last_.push_back(0); }

  void StructList(int field, std::size_t size) { List(field, kStruct, size); }
  void IntegerList(int field, const std::vector<std::int32_t>& values);
  void BytesList(int field, const std::vector<std::string>& values);

 private:
  enum Kind : std::uint8_t { kTrue = 1, kFalse = 2, kI32 = 5, kI64 = 6, kBytes = 8, kList = 9, kStruct = 12 };
  void Head(int field, Kind kind);
  void Number(int field, Kind kind, std::int64_t value);
  void List(int field, Kind of, std::size_t size);
  void ZigZag(std::int64_t value);

  std::string& out_;
  std::vector<int> last_;  ///< the field written last, per open struct
};

}  // namespace backcast
