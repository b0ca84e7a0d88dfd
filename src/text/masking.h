// SPDX-License-Identifier: Apache-2.0
// Private words in free text. Any bytes come in; what is not masked comes out as it was, byte for byte.
// Linear in the text.
#pragma once

#include <string>
#include <string_view>

#include "text/texts.h"

namespace backcast {

/// What is masked, and as what.
struct MaskRules {
  bool email = true;    ///< [e-mail]
  bool phone = true;    ///< [phone]
  bool account = true;  ///< [number]: cards, IBANs
  bool url = false;     ///< [link]
  bool handle = false;  ///< [handle]: @name, @name@server
};

/// True when MaskPrivate would have work to look for; a cheap test.
bool MayHoldPrivate(std::string_view text, const MaskRules& rules = {});

/// E-mail addresses, phone numbers, and bank account and card numbers inside free text replaced by their
/// marks, also where they are written with the digits, dashes and blanks of another script or with hidden
/// characters between. Post ids, amounts, dates, and addresses of pages stay; handles too unless asked for.
std::string MaskPrivate(std::string_view text, const MaskRules& rules = {});

/// The same for a column; the same bytes for any number of threads.
TextColumn MaskTexts(const Texts& texts, const MaskRules& rules, int threads);

}  // namespace backcast
