// SPDX-License-Identifier: Apache-2.0
// Which part of a company a driver of contacts belongs to, by words (catalogue/care/areas.yaml).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backcast {

struct DriverArea {
  std::string area;                ///< what a person of a plan's team influences
  std::vector<std::string> words;  ///< beginnings of words, in lower case
};

/// In their order. Errors: kInternal.
Result<std::vector<DriverArea>> ShippedAreas();

/// The area with most of its words in the text, of equal ones the first; empty when no word is there.
std::string AreaOf(std::string_view text, const std::vector<DriverArea>& areas);

/// Blanks around it gone and ASCII letters in lower case: how names of issues and drivers are compared.
std::string PlainWords(std::string_view text);

/// "Where's my parcel?" -> "where_s_my_parcel": letters and digits of ASCII, at most 40.
std::string IdOf(std::string_view text);

}  // namespace backcast
