// SPDX-License-Identifier: Apache-2.0
#include "lake/write/thrift.h"

namespace backcast {

void AppendVarint(std::uint64_t value, std::string& out) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}

void ThriftWriter::ZigZag(std::int64_t value) {
  AppendVarint((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63), out_);
}

void ThriftWriter::Head(int field, Kind kind) {
  const int step = field - last_.back();  // 1 to 15: Parquet's structs have no wider gaps
  out_ += static_cast<char>(step << 4 | kind);
  last_.back() = field;
}

void ThriftWriter::Number(int field, Kind kind, std::int64_t value) {
  Head(field, kind);
  ZigZag(value);
}

void ThriftWriter::Bytes(int field, std::string_view value) {
  Head(field, kBytes);
  AppendVarint(value.size(), out_);
  out_ += value;
}

void ThriftWriter::Begin(int field) {
  Head(field, kStruct);
  BeginElement();
}

void ThriftWriter::End() {
  out_ += '\0';
  last_.pop_back();
}

void ThriftWriter::List(int field, Kind of, std::size_t size) {
  Head(field, kList);
  if (size < 15) {
    out_ += static_cast<char>(size << 4 | of);
  } else {
    out_ += static_cast<char>(0xF0 | of);
    AppendVarint(size, out_);
  }
}

void ThriftWriter::IntegerList(int field, const std::vector<std::int32_t>& values) {
  List(field, kI32, values.size());
  for (const std::int32_t value : values) ZigZag(value);
}

void ThriftWriter::BytesList(int field, const std::vector<std::string>& values) {
  List(field, kBytes, values.size());
  for (const std::string& value : values) {
    AppendVarint(value.size(), out_);
    out_ += value;
  }
}

}  // namespace backcast
