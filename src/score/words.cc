// SPDX-License-Identifier: Apache-2.0
#include "score/scorecard.h"

namespace backcast {

std::string_view ToWord(State state) {
  switch (state) {
    case State::kValue:
      return "value";
    case State::kZero:
      return "zero";
    case State::kNotOffered:
      return "not_offered";
    case State::kWithheld:
      return "withheld";
    case State::kNotFinal:
      return "not_final";
    case State::kTooLittleData:
      return "too_little_data";
  }
  return "not_offered";
}

std::string_view ToWord(Verdict verdict) {
  switch (verdict) {
    case Verdict::kNone:
      return "";
    case Verdict::kMet:
      return "met";
    case Verdict::kLikely:
      return "likely";
    case Verdict::kCannotTell:
      return "can't tell";
    case Verdict::kMissed:
      return "missed";
  }
  return "";
}

}  // namespace backcast
