#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/average_pool.hpp>

#include "pooling_samples.hpp"
#include <cmath>

namespace xgrad {

static const std::vector<PoolingOfTwo> average_of_two = {{{1, INFINITY}, INFINITY, {0.5, 0.5}}};

static const RegisterSamples samples_of_average_pool1d{
    "average_pool1d", pooling_samples<AveragePoolOptions>(
                          "average_pool1d", average_of_two, average_pool1d, 1,
                          {{"strides over more than the window", {2, 5, 1}, {1}, {.strides = 2}, {{"strides", {2}}}}})};

static const RegisterSamples samples_of_average_pool2d{
    "average_pool2d",
    pooling_samples<AveragePoolOptions>(
        "average_pool2d", average_of_two, average_pool2d, 2,
        {{"strides and padding",
          {1, 4, 4, 1},
          {3, 2},
          {.strides = {2, 1}, .padding = {1, 1}},
          {{"strides", {2, 1}}, {"before", {1, 1}}, {"after", {1, 1}}}},
         {"padding counted",
          {1, 4, 4, 1},
          {3, 2},
          {.strides = {2, 1}, .padding = {1, 1}, .count_include_pad = true},
          {{"strides", {2, 1}}, {"before", {1, 1}}, {"after", {1, 1}}, {"count_include_pad", {1}}}}})};

static const RegisterSamples samples_of_average_pool3d{
    "average_pool3d", pooling_samples<AveragePoolOptions>("average_pool3d", average_of_two, average_pool3d, 3)};

static const RegisterSamples samples_of_adaptive_average_pool1d{
    "adaptive_average_pool1d",
    adaptive_pooling_samples("adaptive_average_pool1d", average_of_two, adaptive_average_pool1d, 1)};

static const RegisterSamples samples_of_adaptive_average_pool2d{
    "adaptive_average_pool2d",
    adaptive_pooling_samples("adaptive_average_pool2d", average_of_two, adaptive_average_pool2d, 2)};

static const RegisterSamples samples_of_adaptive_average_pool3d{
    "adaptive_average_pool3d",
    adaptive_pooling_samples("adaptive_average_pool3d", average_of_two, adaptive_average_pool3d, 3)};

static const RegisterSamples samples_of_global_average_pool{
    "global_average_pool", global_pooling_samples("global_average_pool", average_of_two, global_average_pool)};

}  // namespace xgrad
