#pragma once

#include "reference.hpp"
#include <functional>
#include <string>

namespace xgrad::test {

/// A window over the axes of x between samples and channels, as a sample describes it.
struct Geometry {
  Extents elements;  ///< along each axis
  Extents taps;
  Extents strides;
  Extents dilation;
  Extents before;
  Extents positions;
};

/// Over `elements` with `taps`, and what a sample says under strides, dilation, before and after.
Geometry geometry(const Sample& sample, Extents elements, Extents taps);

/// The axes between the first and the last.
Extents middle(const Extents& shape);

/// An index or a shape, with what comes before and after those axes.
Extents surround(std::int64_t first, Extents middle, std::int64_t last);

/// Calls visit(position, tap, element) for every tap of every window that lies on an element.
void for_each_tap(const Geometry& over,
                  const std::function<void(const Extents&, const Extents&, const Extents&)>& visit);

}  // namespace xgrad::test
