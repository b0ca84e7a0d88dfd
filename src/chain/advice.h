// SPDX-License-Identifier: Apache-2.0
// Which belief of the plan is most worth a test, and which test this brand's own numbers can bear (METHODS
// 11, 13).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chain/chain_data.h"
#include "chain/claim.h"
#include "chain/evidence.h"
#include "chain/graph.h"

namespace backcast {

enum class Design : std::uint8_t {
  kHoldOut,     ///< half of the regions without it: at least eight regions
  kOnOff,       ///< weeks with it and weeks without it, drawn by lot
  kNotTestable  ///< not in a year, with these numbers
};
std::string_view ToWord(Design design);  ///< "hold_out", "on_off", "not_testable"

struct Advice {
  std::string from, to, owner;
  Design design = Design::kNotTestable;
  int weeks = 0;             ///< of the test that would show the effect wanted with 80 % power at 5 %
  double effect_wanted = 0;  ///< relative change of `to` that the belief promises for the push
  double detectable = 0;     ///< smallest relative change that half a year of such a test would show
  double push = 0;           ///< relative change of `from` during the test
  double at_stake =
      0;  ///< what rides on the belief in the outcome's unit: its value times how uncertain it is
  double weekly_sd = 0;  ///< of ln `to`, trend and season taken out
  int weeks_seen = 0;
  std::vector<Claim> claims;
};

/// One entry per influence link of the plan whose ends have eight weeks in common and that no experiment has
/// shown, the most at stake first. `regions`: how many regions the outcome's rows name (0: none). A test
/// pushes `from` by three tenths or to its target, whichever is more; the effect wanted comes from the
/// measured elasticity, else from 0.3. Weeks on and off: 4 (2.8 sd / effect)^2; hold-out: the same with the
/// error of a difference of region means, taken as half of it (METHODS 11: 1.96 + 0.84 = 2.8).
std::vector<Advice> Advise(const ValueChain& chain, const ChainData& data,
                           const std::vector<LinkEvidence>& evidence, int regions);

}  // namespace backcast
