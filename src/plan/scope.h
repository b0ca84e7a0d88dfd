// SPDX-License-Identifier: Apache-2.0
// Scopes in canonical words: channel.group: social becomes channel_group: organic_social, paid_social.
#pragma once

#include "base/yaml.h"
#include "catalog/catalogue.h"
#include "plan/plan.h"

namespace backcast {

/// Reads a scope, with the other names of catalogue/plan/aliases.yaml and of the catalogue replaced. `value`
/// may be nullptr.
Scope ReadScope(const Yaml* value, const Catalogue& catalogue);

}  // namespace backcast
