#pragma once

#include <xgrad/framework/core/registry.hpp>

#include <string>
#include <vector>

namespace xgrad::test {

/// Operators at sizes of which their own samples have none: long sums along every axis, products of several tiles,
/// windows over many channels. Each sample by the name of its line among the digests.
struct SizedSample {
  std::string name;
  Sample sample;
};
std::vector<SizedSample> sized_samples();

}  // namespace xgrad::test
