#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/max_pool.hpp>

#include "pooling_samples.hpp"
#include <cmath>

namespace xgrad {

static const std::vector<PoolingOfTwo> max_of_two = {{{1, 1}, 1, {1, 0}}, {{1, NAN}, NAN, {0, 1}}};

static const RegisterSamples samples_of_max_pool1d{
    "max_pool1d", pooling_samples<MaxPoolOptions>("max_pool1d", max_of_two, max_pool1d, 1)};

static const RegisterSamples samples_of_max_pool2d{
    "max_pool2d", pooling_samples<MaxPoolOptions>("max_pool2d", max_of_two, max_pool2d, 2,
                                                  {{"strides and padding",
                                                    {1, 4, 4, 1},
                                                    {3, 2},
                                                    {.strides = {2, 1}, .padding = {1, 0}},
                                                    {{"strides", {2, 1}}, {"before", {1, 0}}, {"after", {1, 0}}}},
                                                   {"dilation",
                                                    {1, 4, 4, 1},
                                                    {2, 2},
                                                    {.strides = 1, .dilation = {2, 3}},
                                                    {{"strides", {1, 1}}, {"dilation", {2, 3}}}},
                                                   {"negative values beside padding",
                                                    {2, 2, 2, 1},
                                                    {2, 2},
                                                    {.padding = 1},
                                                    {{"before", {1, 1}}, {"after", {1, 1}}}}})};

static const RegisterSamples samples_of_max_pool3d{
    "max_pool3d", pooling_samples<MaxPoolOptions>("max_pool3d", max_of_two, max_pool3d, 3)};

static const RegisterSamples samples_of_adaptive_max_pool1d{
    "adaptive_max_pool1d", adaptive_pooling_samples("adaptive_max_pool1d", max_of_two, adaptive_max_pool1d, 1)};

static const RegisterSamples samples_of_adaptive_max_pool2d{
    "adaptive_max_pool2d", adaptive_pooling_samples("adaptive_max_pool2d", max_of_two, adaptive_max_pool2d, 2)};

static const RegisterSamples samples_of_adaptive_max_pool3d{
    "adaptive_max_pool3d", adaptive_pooling_samples("adaptive_max_pool3d", max_of_two, adaptive_max_pool3d, 3)};

static const RegisterSamples samples_of_global_max_pool{
    "global_max_pool", global_pooling_samples("global_max_pool", max_of_two, global_max_pool)};

}  // namespace xgrad
