#pragma once

namespace xgrad::internal {

/// Sets of instructions that the library was compiled for and that not every processor has, by name; a null pointer is
/// the last.
extern const char* const required_processor_features[];

}  // namespace xgrad::internal
