// SPDX-License-Identifier: Apache-2.0
#include "report/json_writer.h"

#include <algorithm>

namespace backcast {
namespace {

bool IsPlain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

}  // namespace

void JsonWriter::NewLine() {
  out_ += '\n';
  out_.append(2 * depth_, ' ');
}

void JsonWriter::Place() {
  if (!keyed_) {
    if (!first_) out_ += ',';
    NewLine();
  }
  first_ = keyed_ = false;
}

void JsonWriter::Begin(char bracket) {
  Place();
  out_ += bracket;
  ++depth_;
  first_ = true;
}

void JsonWriter::End(char bracket) {
  --depth_;
  if (!first_) NewLine();
  out_ += bracket;
  first_ = false;
}

void JsonWriter::Key(std::string_view key) {
  Text(key);
  out_ += ": ";
  keyed_ = true;
}

void JsonWriter::Text(std::string_view text) {
  Place();
  if (IsPlain(text)) {
    out_ += '"';
    out_ += text;
    out_ += '"';
  } else {
    out_ += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
}

void JsonWriter::Number(std::optional<double> number) {
  Place();
  out_ += number ? Json(*number).dump() : "null";
}

void JsonWriter::Integer(std::int64_t number) {
  Place();
  out_ += std::to_string(number);
}

void JsonWriter::Bool(bool value) {
  Place();
  out_ += value ? "true" : "false";
}

void JsonWriter::Null() {
  Place();
  out_ += "null";
}

void JsonWriter::Tree(const Json& json) {
  if (!json.is_structured()) {
    Place();
    out_ += json.dump(-1, ' ', false, Json::error_handler_t::replace);
    return;
  }
  const bool object = json.is_object();
  Begin(object ? '{' : '[');
  for (const auto& item : json.items()) {
    if (object) Key(item.key());
    Tree(item.value());
  }
  End(object ? '}' : ']');
}

}  // namespace backcast
