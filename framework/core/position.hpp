#pragma once

#include <xgrad/framework/core/shape.hpp>

#include <cstddef>
#include <string>

namespace xgrad {

/// Where the element of that number, in row-major order, is in an array of these sizes: "(0, 2)". For errors.
std::string position(std::size_t element, const Extents& shape);

}  // namespace xgrad
