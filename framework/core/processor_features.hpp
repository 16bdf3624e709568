#pragma once

namespace xgrad::internal {

/// Sets of instructions that the library was compiled for and that not every processor has, by name; a null pointer is
/// the last.
extern const char* const required_processor_features[];

/// The first of `required`, which a null pointer ends, that is not there; a null pointer when all are.
const char* missing_processor_feature(const char* const* required, bool (*is_here)(const char* name));

/// Whether the processor has a set of instructions; false for a name that nobody knows.
bool processor_has(const char* name);

}  // namespace xgrad::internal
