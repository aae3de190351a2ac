/** How large the clusters of the scale profile are, unless a run says otherwise; services, workloads and the rest go with the pods. */
export const scaleSize = { pods: 5_000, nodes: 50 } as const;
