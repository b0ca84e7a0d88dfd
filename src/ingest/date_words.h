// SPDX-License-Identifier: Apache-2.0
// The words of dates, from catalogue/languages/dates.yaml.
#pragma once

#include <string_view>

namespace backcast {

struct DateWord {
  int month = 0;  ///< 1..12, or 0
  bool weekday = false;
  bool filler = false;
  bool before_noon = false;
  bool after_noon = false;
  bool offset = false;  ///< names an offset from UTC
  int offset_minutes = 0;
  bool mangled = false;  ///< a month that only a spreadsheet would have put there
  bool known() const { return month > 0 || weekday || filler || before_noon || after_noon || offset; }
};

/// What a lower-case word means in a date.
DateWord FindDateWord(std::string_view word);

}  // namespace backcast
