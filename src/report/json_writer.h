// SPDX-License-Identifier: Apache-2.0
// JSON written as it comes, without a tree in memory: the same bytes as nlohmann's dump with two blanks of
// indentation and hostile bytes replaced. A card by month and channel has thousands of lines.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace backcast {

class JsonWriter {
 public:
  using Json = nlohmann::ordered_json;

  /// "{" or "[" and its counterpart. Inside an object every value follows its Key.
  void Begin(char bracket);
  void End(char bracket);
  void Key(std::string_view key);

  void Text(std::string_view text);
  /// Missing and infinite numbers are null.
  void Number(std::optional<double> number);
  void Integer(std::int64_t number);
  void Bool(bool value);
  void Null();
  /// A value that is a tree already.
  void Tree(const Json& json);

  std::string Take() { return std::move(out_); }

 private:
  void Place();    // what stands before a value
  void NewLine();  // and the indentation
  std::string out_;
  std::size_t depth_ = 0;
  bool first_ = true;  // nothing stands in the innermost bracket yet
  bool keyed_ = true;  // the value stands behind its key, or is the outermost one
};

}  // namespace backcast
