// SPDX-License-Identifier: Apache-2.0
// What the walkthrough knows before anybody has answered: its questions, the metrics, the driver trees.
#pragma once

#include "catalog/catalogue.h"
#include "guide/questions.h"
#include "plan/driver_trees.h"

namespace backcast {

/// References to what must outlive every use.
struct GuideData {
  const Questions& questions;
  const Catalogue& catalogue;
  const DriverTreeSet& trees;
};

}  // namespace backcast
