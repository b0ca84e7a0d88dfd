// SPDX-License-Identifier: Apache-2.0
// How a command speaks while it works. The answer is a value; this is everything beside it, injected by cli
// or server.
#pragma once

#include <string_view>

#include "engine/engine.h"

namespace backcast {

class Talk {
 public:
  virtual ~Talk() = default;
  /// One line for the person who waits: what happened, what was assumed.
  virtual void Say(std::string_view line) = 0;
  /// Progress of the current work: share 0..1, or negative while unknown. Called often; shows little.
  virtual void Progress(std::string_view label, double share) = 0;
  /// `engine` is working from now on and is to be interrupted when the person says stop; nullptr ends that.
  virtual void Watch(Engine* engine) = 0;
  /// The person said stop.
  virtual bool stopped() const = 0;
};

}  // namespace backcast
