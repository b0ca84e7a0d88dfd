// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

namespace backcast {

std::string ToSentence(const Error& error) {
  std::string sentence = error.where.empty() ? error.what : error.where + ": " + error.what;
  if (!error.hint.empty()) sentence += "; " + error.hint;
  return sentence;
}

}  // namespace backcast
