#pragma once

#include <xgrad/framework/core/registry.hpp>

#include <ostream>
#include <vector>

namespace xgrad {

/// Writes a page in Markdown about `operators`: a table of contents by family, and for each operator what its entry
/// says, the dtypes that its first sample can be built in, the errors of its rejections and its special points.
/// docs/operators.md is this page about xgrad's own; `user_operators()` are those of one's program.
void write_operator_reference(std::ostream& page, const std::vector<RegisteredOperator>& operators);

}  // namespace xgrad
