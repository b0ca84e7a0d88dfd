// SPDX-License-Identifier: Apache-2.0
// A sentence that carries its numbers. It can be made in one way only, from quantities with their n and
// interval and from a wording that holds no figures of its own (catalogue/sentences/claims.yaml), so that
// what is printed cannot say another thing than what was computed, and nothing is printed that was not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace backcast {

/// A number in a sentence.
struct Quantity {
  std::string name;  ///< its place in the wording: "{change}"
  double value = 0;
  std::optional<double> low, high;  ///< interval, where the number is not a census
  double level = 0.95;
  std::optional<std::int64_t> n;  ///< rows, events, weeks behind it
  std::string unit;    ///< as FormatNumber; "relative": 0.18 is printed as "18 %", without its sign
  bool exact = false;  ///< print every digit, where three would make two different numbers look the same
};

/// Names and dates for the places of a wording that hold no number.
using ClaimWords = std::vector<std::pair<std::string, std::string>>;

class Claim {
 public:
  /// The wording `key`; where there are wordings `key`.up and `key`.down, the sign of the first quantity
  /// chooses. Nothing when there is no such wording, when there is no quantity, or when a place in the
  /// wording stays empty: such a sentence is not printed. A word is cut at 60 characters; in the place
  /// "{name.whole}", which is for a sentence of the plan, at 200, and a full stop at its end is left out.
  static std::optional<Claim> Make(std::string_view key, std::vector<Quantity> quantities,
                                   ClaimWords words = {});

  const std::string& key() const { return key_; }
  const std::string& text() const { return text_; }
  const std::vector<Quantity>& quantities() const { return quantities_; }

 private:
  Claim(std::string key, std::string text, std::vector<Quantity> quantities)
      : key_(std::move(key)), text_(std::move(text)), quantities_(std::move(quantities)) {}
  std::string key_, text_;
  std::vector<Quantity> quantities_;
};

/// Appends the claim when it can be made.
void Say(std::vector<Claim>& claims, std::string_view key, std::vector<Quantity> quantities,
         ClaimWords words = {});

/// All wordings, for tests: key and text.
const std::vector<std::pair<std::string, std::string>>& Wordings();

}  // namespace backcast
