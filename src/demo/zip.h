// SPDX-License-Identifier: Apache-2.0
// Zip archives without compression (APPNOTE 6.3.3, method 0): enough for an export that a platform delivers
// zipped.
#pragma once

#include <string>

#include "demo/csv.h"

namespace backcast::demo {

/// The archive's bytes; entries keep their order and carry one fixed date, so that the same input gives the
/// same bytes.
std::string StoredZip(const DemoFiles& entries);

}  // namespace backcast::demo
